import { clipped, listed } from '../../../core/delegation/listing';
import type { DirectoryPart, Verdict } from '../../../core/delegation/plan';
import type { RequestRecord } from '../../../core/request/record';
import type { DirectoryParts } from './parts';

/** More requests than this are not looked into: a warning is not worth a slow plan. */
const MOST_REQUESTS = 200;

/**
 * Says which other open requests have a plan for one of the same objects: whichever is carried out second finds the object changed
 * and is planned anew. Nothing when there is none; the ledger is only asked, never trusted, for a warning.
 */
export async function overlapWith(
  { ledger }: Pick<DirectoryParts, 'ledger'>,
  record: RequestRecord,
  part: DirectoryPart,
): Promise<readonly Verdict[]> {
  const names = new Map(part.changes.map(({ guid, name }) => [guid, name]));
  const ids = (await ledger.openRequests()).filter((id) => id !== record.id).slice(0, MOST_REQUESTS);
  const others = await Promise.all(ids.map((id) => ledger.read(id)));
  const shared = others.flatMap((other) => {
    const same = other && !other.ending ? (other.plan?.directory.changes ?? []) : [];
    const hosts = same.flatMap(({ guid }) => names.get(guid) ?? []);
    return other && hosts.length > 0 ? [{ label: other.label, hosts }] : [];
  });
  if (shared.length === 0) return [];
  const facts = shared.map(({ label, hosts }) => `${label} (${listed(hosts)})`);
  return [
    {
      check: 'request.overlap',
      verdict: 'warn',
      sentence: clipped(`Other open requests are about the same hosts: ${listed(facts)}.`),
      remedy: 'Whichever is carried out second is planned again and has to be approved again.',
    },
  ];
}

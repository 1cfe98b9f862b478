import { clipped, listed } from '../../../core/delegation/listing';
import type { DirectoryPart, Verdict } from '../../../core/delegation/plan';
import type { RequestRecord } from '../../../core/request/record';
import type { DirectoryParts } from './parts';

/** So many other requests about one host are named; more do not make it any clearer. */
const MOST_NAMED = 8;

/**
 * Says which other open requests have a plan for one of the same objects: whichever is carried out second finds the object changed
 * and is planned anew. Nothing when there is none; the ledger is only asked, never trusted, for a warning.
 */
export async function overlapWith(
  { ledger }: Pick<DirectoryParts, 'ledger'>,
  record: RequestRecord,
  { changes }: DirectoryPart,
): Promise<readonly Verdict[]> {
  const names = new Map(changes.map(({ guid, name }) => [guid, name]));
  const labels = await ledger.changing([...names.keys()], MOST_NAMED + 1);
  const hosts = new Map<string, string[]>();
  for (const [at, name] of [...names.values()].entries()) {
    const others = (labels[at] ?? []).filter((label) => label !== record.label);
    for (const label of others.slice(0, MOST_NAMED)) hosts.set(label, [...(hosts.get(label) ?? []), name]);
  }
  if (hosts.size === 0) return [];
  const facts = [...hosts].map(([label, about]) => `${label} (${listed(about)})`);
  return [
    {
      check: 'request.overlap',
      verdict: 'warn',
      sentence: clipped(`Other open requests are about the same hosts: ${listed(facts)}.`),
      remedy: 'Whichever is carried out second is planned again and has to be approved again.',
    },
  ];
}

import { hostname } from 'node:os';
import type { AuditSettings } from '../../core/audit/audit-settings';
import { whyKept, type Around } from '../../core/audit/archive-due';
import type { Mirror } from '../../core/audit/mirror-port';
import { comparePositions } from '../../core/audit/stream';
import type { Clock, Ledger } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';

/** What archiving needs. */
export interface ArchiveParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly mirror: Mirror;
  readonly settings: Pick<AuditSettings, 'archiveDays'>;
}

/** So many requests that have to stay are looked at; the oldest come first, so that what is behind them is mostly younger. */
const MOST_KEPT = 200;

/** Moves requests that are long over from the ledger to the archive, the oldest first, and trims the stream behind them. */
export async function archiveRequests(parts: ArchiveParts, mayGoOn: () => boolean): Promise<number> {
  const { ledger } = parts;
  const open = await ledger.openRequests();
  const parents = await Promise.all(
    open.map(async (id) => (await ledger.read(id).catch(() => null))?.parent?.id),
  );
  const standing = {
    openParents: new Set(parents.filter((id) => id !== undefined)),
    unreported: new Set(await ledger.unreported()),
    away: new Set([...(await ledger.homes()).values()].map(({ label }) => label)),
  };
  const isOpen = new Set(open);
  const labels = [...(await ledger.requestIds())].filter(([, id]) => !isOpen.has(id));
  let kept = 0;
  let moved = 0;
  for (const [, id] of labels.toSorted(([a], [b]) => Number(a.slice(2)) - Number(b.slice(2)))) {
    if (!mayGoOn() || kept >= MOST_KEPT) break;
    const record = await ledger.read(id).catch(() => null);
    const isMoved = record !== null && (await archiveOne(parts, record, standing));
    if (isMoved) moved += 1;
    else kept += 1;
  }
  if (mayGoOn()) await ledger.trimPlans();
  if (mayGoOn()) await trimStream(parts);
  return moved;
}

async function archiveOne(
  { ledger, mirror, settings, clock }: ArchiveParts,
  record: RequestRecord,
  standing: Pick<Around, 'openParents' | 'unreported' | 'away'>,
): Promise<boolean> {
  const { id, label, steps } = record;
  const now = await ledger.time();
  const values = steps.flatMap(({ guid, outcome }) =>
    [...(outcome?.added ?? []), ...(outcome?.kept ?? [])].map((value) => ({ guid, value })),
  );
  const claims = values.length === 0 ? [] : await ledger.claims(values);
  const sealed = await sealedOf(ledger, mirror, id);
  if (whyKept(record, { now, ...settings, ...standing, claims, sealed }) !== null) return false;
  const chain = await ledger.audit(id);
  const delivered = Object.fromEntries(await ledger.delivered(id));
  const line = JSON.stringify({ label, id, at: clock.now(), record, chain, delivered });
  const file = await mirror.archive(line, clock.now());
  // Nothing leaves the ledger before the disk has it; a crash here leaves it in both, and the next round writes it once more.
  return ledger.archive(record, { place: `${hostname()}:${file}`, at: clock.now() });
}

async function sealedOf(ledger: Ledger, mirror: Mirror, id: string) {
  const end = await ledger.sealedEnd(id);
  if (!end) return null;
  const [signed] = await ledger.seals(end.seal, 1);
  if (!signed) return null;
  const isMirrored = mirror.seal >= end.seal && comparePositions(mirror.position, signed.seal.to) >= 0;
  return { seq: end.seq, isMirrored };
}

/** Up to the end of the last seal that is old enough and wholly in the mirror. */
async function trimStream({ ledger, mirror, settings }: ArchiveParts): Promise<void> {
  const before = (await ledger.time()) - settings.archiveDays * 86_400_000;
  const already = await ledger.trimmedTo();
  let to = already;
  for (let number = 1; ; number += 100) {
    const seals = await ledger.seals(number, 100);
    for (const signed of seals) {
      const seal = signed?.seal;
      const isSafe =
        seal &&
        seal.at < before &&
        seal.number <= mirror.seal &&
        comparePositions(seal.to, mirror.position) <= 0;
      if (!isSafe) return comparePositions(to, already) > 0 ? ledger.trimStream(to) : undefined;
      ({ to } = seal);
    }
    if (seals.length === 0) break;
  }
  if (comparePositions(to, already) > 0) await ledger.trimStream(to);
}

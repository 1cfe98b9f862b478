import { isMoving } from '../moves/move-step';
import type { Claim } from '../ports';
import { awaitsReview } from '../request/break-glass';
import type { RequestRecord } from '../request/record';
import { isUnresolved } from '../request/settle';

/** What is known of a request beside its record. */
export interface Around {
  /** By the ledger's clock, milliseconds since 1970. */
  readonly now: number;
  readonly archiveDays: number;
  /** Ids of requests that an open request is a child of: a reversal that is due later is one. */
  readonly openParents: ReadonlySet<string>;
  readonly unreported: ReadonlySet<string>;
  /** Labels of requests that have moved machines away which are not back yet. */
  readonly away: ReadonlySet<string>;
  /** Who claims each value that the request has added or kept. */
  readonly claims: readonly (readonly Claim[])[];
  /** The number of the last record of its chain that is sealed, and whether mirror and seal both have it; null: none is. */
  readonly sealed: { readonly seq: number; readonly isMirrored: boolean } | null;
}

const DAY_MS = 86_400_000;

/** Why a request has to stay in the ledger; null: it may be archived. */
export function whyKept(record: RequestRecord, around: Around): string | null {
  const { id, label, ending, steps, audit, until } = record;
  const { now, archiveDays, openParents, unreported, claims, sealed } = around;
  if (!ending) return 'it is open';
  if (now - Math.max(ending.at, record.since) < archiveDays * DAY_MS) return 'it has ended lately';
  if (openParents.has(id)) return 'a request that follows from it is open';
  if (awaitsReview(record)) return 'its broken glass is not reviewed yet';
  if (steps.some(isUnresolved)) return 'a step of it is not resolved';
  if (record.moves.some(isMoving)) return 'a move of it is not resolved';
  if (around.away.has(label)) return 'machines that it has moved away are not back yet';
  if (unreported.has(id)) return 'its end is not told yet';
  // A claim for good needs no record: the index has it. One for a time says when somebody has to take the value away.
  const needed = claims
    .flat()
    .some((claim) => claim.request === label && claim.until !== null && claim.until > now);
  if (needed || (until !== null && until > now)) return 'what it added is there for a time';
  if (!sealed || sealed.seq < audit.seq) return 'its last record is not sealed yet';
  return sealed.isMirrored ? null : 'its last record is not mirrored yet';
}

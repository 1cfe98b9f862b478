import type { Problem } from '../problem';
import type { Settings, Times } from '../settings';
import type { Policy } from '../policy/schema';
import type { RequestRecord } from './record';
import type { State } from './states';

/** How long reading back is tried after the last outcome, in milliseconds; then the result is reported as not proved. */
const PROOF_PATIENCE_MS = 600_000;

/** How long a last look at a person's steps is tried, in milliseconds. */
export const LAST_LOOK_MS = 600_000;

/** How many times a request may be planned again because the world had changed. */
export const MAX_REPLANS = 3;

/** The times that advance goes by, and the zone of those that people say. */
export type Pace = Pick<Times, 'lookSeconds' | 'moveLookSeconds' | 'convergenceSeconds' | 'warnSeconds'> &
  Pick<Policy, 'timeZone'>;

/** The pace of one's own handover.yaml. */
export function paceOf({ times, policy: { timeZone } }: Pick<Settings, 'times' | 'policy'>): Pace {
  return { ...times, timeZone };
}

/**
 * The one next thing to do for a request. `ask-effector` covers planning, starting, applying and proving: the effector reads
 * which. `look` is the same, but not before `at`: for a person's step, and for replication.
 */
export type Next =
  | { readonly do: 'nothing' }
  | { readonly do: 'ask-effector' }
  | { readonly do: 'look'; readonly at: number }
  | { readonly do: 'hold'; readonly until: number }
  | { readonly do: 'warn' }
  | { readonly do: 'await-hand' }
  /** The directory has what moves need: hosts that are to be set up for them get their journal. */
  | { readonly do: 'begin-settings' }
  /** What the moves need is there: they get their journal. */
  | { readonly do: 'begin-moves' }
  | { readonly do: 'turn-stale' }
  | { readonly do: 'replan' }
  | { readonly do: 'end'; readonly state: State; readonly problem: Problem | null };

/**
 * All is as planned: what is left is to read it back. As long as it is not on every domain controller, an edit elsewhere may
 * still win (MS-DRSR 5.11), so the result is watched until it has converged, or could have.
 */
export function awaitProof(record: RequestRecord, now: number, pace: Pace): Next {
  const { proof } = record;
  const lastOutcome = Math.max(0, ...record.steps.map((step) => step.outcome?.at ?? 0));
  if (!proof) {
    const mayProve = lastOutcome === 0 || now - lastOutcome < PROOF_PATIENCE_MS;
    return mayProve ? { do: 'ask-effector' } : { do: 'end', state: 'done', problem: null };
  }
  // What goes again now is not watched any longer.
  const isGoing = record.until !== null && now >= record.until;
  const isConverging = proof.converged < proof.servers && now - lastOutcome < pace.convergenceSeconds * 1000;
  const isWatched = isConverging && !isGoing;
  return isWatched
    ? { do: 'look', at: now + pace.lookSeconds * 1000 }
    : { do: 'end', state: 'done', problem: null };
}

/** Every state a request can be in; ARCHITECTURE.md shows the same table. */
export type State =
  | 'planning'
  | 'waiting'
  | 'approved'
  | 'running'
  | 'awaiting-hand'
  | 'done'
  | 'partial'
  | 'failed'
  | 'stuck'
  | 'stopped'
  | 'stale'
  | 'denied'
  | 'expired'
  | 'withdrawn'
  | 'already-so'
  | 'refused';

/** The arrows. A state without arrows is an end; `stale` is an end only when no further plan is made. */
export const ARROWS: Readonly<Record<State, readonly State[]>> = {
  // A reversal is planned again after it was stale, and goes on at once: it was approved with its parent.
  planning: ['waiting', 'running', 'already-so', 'refused', 'failed', 'stuck', 'withdrawn'],
  // Somebody has chosen otherwise for a machine: a new plan, and the votes are void.
  waiting: ['planning', 'approved', 'denied', 'expired', 'withdrawn', 'failed'],
  approved: ['running', 'stale', 'failed', 'withdrawn', 'already-so', 'stuck', 'stopped'],
  running: ['awaiting-hand', 'done', 'partial', 'failed', 'stuck', 'stopped', 'stale'],
  'awaiting-hand': ['running', 'done', 'partial', 'failed', 'stuck', 'stopped', 'stale'],
  stale: ['planning', 'withdrawn', 'stuck'],
  done: [],
  partial: [],
  failed: [],
  stuck: [],
  stopped: [],
  denied: [],
  expired: [],
  withdrawn: [],
  'already-so': [],
  refused: [],
};

/** True when the table has the arrow, or the state stays. */
export function mayGo(from: State, to: State): boolean {
  return from === to || ARROWS[from].includes(to);
}

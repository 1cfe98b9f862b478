/** Every state a request can be in; ARCHITECTURE.md shows the same table. */
export type State =
  | 'planning'
  | 'waiting'
  | 'approved'
  | 'running'
  | 'done'
  | 'partial'
  | 'failed'
  | 'stuck'
  | 'stale'
  | 'denied'
  | 'expired'
  | 'withdrawn'
  | 'already-so'
  | 'refused';

/** The arrows. A state without arrows is an end; `stale` is an end only when no further plan is made. */
export const ARROWS: Readonly<Record<State, readonly State[]>> = {
  planning: ['waiting', 'already-so', 'refused', 'failed', 'withdrawn'],
  waiting: ['approved', 'denied', 'expired', 'withdrawn', 'failed'],
  approved: ['running', 'stale', 'failed', 'withdrawn', 'already-so'],
  running: ['done', 'partial', 'failed', 'stuck', 'stale'],
  stale: ['planning', 'withdrawn'],
  done: [],
  partial: [],
  failed: [],
  stuck: [],
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

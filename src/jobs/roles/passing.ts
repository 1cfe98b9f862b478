import type { Problem } from '../../core/problem';
import type { RequestRecord } from '../../core/request/record';

/** How long bot and worker may disagree about the rules before the request fails, in milliseconds. */
const DISAGREEMENT_MS = 5 * 60_000;

/** That moves wait for their window. */
export const NOT_YET = 'window.not-open';

/** Whether what keeps a request from going on may be put right while it waits: skewed clocks, a window that opens, and for five minutes rules that differ. */
export function isPassing({ code }: Problem, { since }: Pick<RequestRecord, 'since'>, now: number): boolean {
  return (
    code === 'clock.skew' ||
    code === NOT_YET ||
    (code === 'policy.disagrees' && now - since < DISAGREEMENT_MS)
  );
}

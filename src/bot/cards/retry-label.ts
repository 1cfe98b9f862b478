import { hasFailed } from '../../core/request/move-word';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';

/** What was begun is asked for anew as far as it is missing; of what ends in another way nothing was done, so all of it is. */
export const RETRIABLE: readonly State[] = ['partial', 'stopped'];

/** What the button is called that asks for the same command again. */
export function retryLabel({ state, moves }: Pick<RequestRecord, 'state' | 'moves'>): string {
  if (state !== 'stopped' && moves.some(hasFailed)) return 'Retry failed';
  return RETRIABLE.includes(state) ? 'Retry' : 'Re-request';
}

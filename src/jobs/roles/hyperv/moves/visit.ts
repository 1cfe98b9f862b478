import type { MoveStep } from '../../../../core/moves/move-step';
import type { Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import { noteTrouble, type HostEffectorParts } from '../parts';
import type { Sight } from './sight';

/** One look, and what it tells. */
export interface Visit {
  readonly sight: Sight;
  /** The moves as they stood when hosts were looked at. */
  readonly moves: readonly MoveStep[];
  /** Tells what keeps a machine waiting: the first of several, so that two of them do not take turns for ever. */
  readonly tell: (record: RequestRecord, problem: Problem) => Promise<RequestRecord | null>;
  readonly hasTold: () => boolean;
}

/** What tells, and whether it has. */
export function teller(parts: HostEffectorParts): Pick<Visit, 'tell' | 'hasTold'> {
  let isTold = false;
  return {
    async tell(record, problem) {
      if (isTold) return record;
      isTold = true;
      return noteTrouble(parts, record, problem);
    },
    hasTold: () => isTold,
  };
}

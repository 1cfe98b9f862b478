import type { DrainAsk } from '../../../../../core/commands/ask';
import type { Round } from '../../../../../core/moves/round';

/** A round that is about to go on, and what was asked. */
export interface RoundTurn {
  readonly round: Round;
  readonly ask: DrainAsk;
}

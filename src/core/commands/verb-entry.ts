import type { Need } from '../policy/use';
import type { Ask } from './ask';

/** One row of the table from which parser, help, README and manifest are made. */
export interface VerbEntry {
  readonly verb: Ask['verb'];
  /** The verb's own slash command, if it has one besides `/hv VERB`. */
  readonly slash: '/delegate' | '/undelegate' | '/drain' | null;
  /** What follows the verb. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  /** What follows the verb, filled in. */
  readonly example: string;
  /** What a person must be allowed to ask for or to see, as far as the verb alone tells. */
  readonly needs: readonly Need[];
}

import type { LabClient } from '../slack/client';
import type { LabUser } from '../slack/workspace';

/** What a story is played with. */
export interface Stage {
  readonly client: LabClient;
  readonly users: readonly LabUser[];
  readonly say: (line: string) => void;
  /** Called when nothing here can prove what a story claims. */
  readonly unproved: (what: string) => void;
}

/** A story did not hold: the message says what was seen instead. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

import type { LabClient } from '../slack/client';
import type { LabChannel, LabUser } from '../slack/workspace';
import { waitFor } from '../wait-for';

/** What a story is played with. */
export interface Stage {
  readonly client: LabClient;
  readonly users: readonly LabUser[];
  readonly channels: readonly LabChannel[];
  readonly say: (line: string) => void;
  /** Called when nothing here can prove what a story claims. */
  readonly unproved: (what: string) => void;
}

/** A story did not hold: the message says what was seen instead. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** How long a story waits for what has to come, in milliseconds. */
const WITHIN_MS = 60_000;

/** Throws StoryError with the sentence unless it holds. */
export function hold(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new StoryError(otherwise);
}

/** Waits until `look` gives something other than undefined, and gives that; a minute unless said. Throws StoryError when it never does. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  withinMs = WITHIN_MS,
): Promise<T> {
  try {
    return await waitFor(what, look, withinMs);
  } catch (cause) {
    throw new StoryError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

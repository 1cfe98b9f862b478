import type { Problem } from '../problem';

/** What an effector has made of a person's word: each is followed once, or not at all. */
export interface HeardWord {
  /** Digest of the instruction. */
  readonly word: string;
  readonly at: number;
  /** Why it was not followed; null: it was. */
  readonly problem: Problem | null;
  /** What it came to, a machine each: those that are tried once more, or those that go elsewhere now. */
  readonly machines: readonly string[];
}

import { z } from 'zod';

/** How far a move is, by its machine's id. */
export const MoveProgress = z.strictObject({
  machine: z.string().max(100),
  percent: z.number().min(0).max(100),
  /** When it was first seen to be as far as that, in milliseconds since 1970. */
  since: z.number().int(),
});
export type MoveProgress = z.infer<typeof MoveProgress>;

/** So long progress is shown that nobody renews, in milliseconds. */
export const PROGRESS_MS = 60_000;

/** What the ledger keeps of moves that go on: for the eye alone, so it is in no record and no audit. */
export interface ProgressLedger {
  /** Replaces what was noted before; forgotten after `PROGRESS_MS`. */
  noteProgress(id: string, progress: readonly MoveProgress[]): Promise<void>;
  /** Empty when nothing is known. */
  progressOf(id: string): Promise<readonly MoveProgress[]>;
}

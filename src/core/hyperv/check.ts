/** One thing that a move needs: there, not there, or not known, with what was seen. */
export interface MoveCheck {
  readonly name: string;
  /** What is wrong, in a few words; empty where nothing is. */
  readonly headline: string;
  readonly result: 'ok' | 'bad' | 'unknown';
  /** What was seen, as one sentence. */
  readonly evidence: string;
  /** What to do, as one sentence; empty where nothing is wrong. */
  readonly fix: string;
  /** The command that asks for the fix, if Handover can do it. */
  readonly command: string | null;
}

/** A check that found what it looked for. */
export function ok(name: string, evidence: string): MoveCheck {
  return { name, headline: '', result: 'ok', evidence, fix: '', command: null };
}

/** A check that found a cause. */
export function bad(
  name: string,
  evidence: string,
  { headline, fix, command = null }: { headline: string; fix: string; command?: string | null },
): MoveCheck {
  return { name, headline, result: 'bad', evidence, fix, command };
}

/** A check that could not be made. */
export function unknown(name: string, evidence: string): MoveCheck {
  return { name, headline: '', result: 'unknown', evidence, fix: '', command: null };
}

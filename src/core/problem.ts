/**
 * Something a person did or must do, as a value: core returns lists of problems and never throws them.
 * `code` is stable (`area.reason`); `summary` is one sentence; `remedy` says what to do, '' if nothing.
 */
export interface Problem {
  readonly code: string;
  readonly summary: string;
  readonly remedy: string;
}

/**
 * A part of the system did not do its work. Adapters translate library errors into it once, by class or
 * number, never by text. `retry: 'later'`: the same call may work; `'never'`: it will not until a person acts;
 * `'unknown'`: it may have taken effect, and only reading tells.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: string;
  readonly retry: 'later' | 'never' | 'unknown';
  readonly remedy: string;

  constructor(
    problem: { code: string; retry: 'later' | 'never' | 'unknown'; message: string; remedy?: string },
    options?: { cause?: unknown },
  ) {
    super(problem.message, options);
    this.code = problem.code;
    this.retry = problem.retry;
    this.remedy = problem.remedy ?? '';
  }
}

/** What a fault means for a person. */
export function problemOf({ code, message, remedy }: Fault): Problem {
  return { code, summary: message, remedy };
}

/** Throws when a rule of the program itself does not hold: a bug, never a mistake of a person. */
export function invariant(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new Error(`invariant broken: ${rule}`);
}

import { requirePrograms } from './processes';

/** The lab cannot run on this machine as it is; the message says what to do. */
export class MissingPartError extends Error {
  override readonly name = 'MissingPartError';
}

/** What this machine lacks of a part and how to get it, in one sentence; null when it has all of it. */
export function whatIsMissing(programs: readonly string[], packages: string): string | null {
  try {
    requirePrograms(programs, packages);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

import { ModeLockError } from '../core/mode-lock';
import { Fault } from '../core/problem';
import { SettingsError } from './settings-file';

/**
 * Runs a command that ends by itself, and ends the process with the code it gives: 0 all is well, 1 it is not. 2: the settings or the
 * command line cannot be used; 3: something that was needed does not answer.
 */
export async function runOnce(work: () => Promise<number>): Promise<void> {
  process.exitCode = await work().catch((error: unknown) => {
    const isUsage = error instanceof SettingsError || error instanceof ModeLockError;
    const isFault = error instanceof Fault;
    if (!isUsage && !isFault && !isFileError(error)) throw error;
    const remedy = isFault ? ` ${error.remedy}` : '';
    process.stderr.write(`${error.message}${remedy}\n`);
    return isUsage ? 2 : 3;
  });
}

/** Writes lines to standard output. */
export function say(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

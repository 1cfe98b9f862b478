import { MissingPartError } from './machine';
import { findProgram } from './processes';

/** The path of the machine's own Chromium; nothing is ever downloaded. Throws MissingPartError when there is none. */
export function findChromium(): string {
  const found = findProgram('chromium');
  if (found === undefined)
    throw new MissingPartError('Chromium is missing. On Debian: apt-get install chromium');
  return found;
}

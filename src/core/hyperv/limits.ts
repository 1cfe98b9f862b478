import type { WindowsFailure } from '../hyperv-port';

/**
 * Whether a move was refused because a host does as many as it may: another one may begin when one has ended. 21501 is the event of moves of
 * machines; those of storage fail with 32768, as everything else does, and only the text tells (KB2790310).
 */
export function isAtLimit({ code, message }: WindowsFailure): boolean {
  return code === '21501' || /migration limit\b.*\bwas reached/i.test(message);
}

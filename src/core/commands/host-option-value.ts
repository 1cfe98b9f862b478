import { isSubnet } from '../hyperv/host-settings';
import type { PrepareAsk } from './ask';
import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import type { Value } from './option-value';
import { quoteFound } from './problem';
import { textOf } from './typed-text';

const AUTHS = ['kerberos', 'credssp'] as const;
const MOST_NETWORKS = 8;
const MOST = 64;
const LONGEST_PATH = 120;

/** How hosts authenticate to each other. */
export function checkAuth(cursor: CommandCursor, { position, glyphs }: Value): PrepareAsk['auth'] {
  const typed = textOf(glyphs);
  const found = AUTHS.find((name) => name === typed.toLowerCase());
  if (found !== undefined) return found;
  throw cursor.refuse('command.option', `${quoteFound(typed)} is no way to authenticate.`, {
    position,
    expected: 'kerberos or credssp',
    nearest: nearestWord(typed, AUTHS),
  });
}

/** `any`, or subnets with commas between them, each by its first address and once. */
export function checkNetworks(
  cursor: CommandCursor,
  { position, glyphs }: Value,
): NonNullable<PrepareAsk['networks']> {
  const typed = textOf(glyphs);
  if (typed.toLowerCase() === 'any') return 'any';
  const subnets = typed.split(',');
  const odd = subnets.find((subnet) => !isSubnet(subnet));
  const expected = 'subnets such as 10.0.5.0/24,10.0.6.0/24, or any';
  if (odd !== undefined) {
    const summary = `${quoteFound(odd)} is no subnet by its first address.`;
    throw cursor.refuse('command.option', summary, { position, expected });
  }
  if (new Set(subnets).size === subnets.length && subnets.length <= MOST_NETWORKS) return subnets;
  const summary = `Each subnet is named once, and ${MOST_NETWORKS} at most.`;
  throw cursor.refuse('command.option', summary, { position, expected });
}

/** How many live migrations at a time. */
export function checkMost(cursor: CommandCursor, { position, glyphs }: Value): number {
  const typed = textOf(glyphs);
  const most = /^[1-9]\d?$/.test(typed) ? Number(typed) : 0;
  if (most >= 1 && most <= MOST) return most;
  throw cursor.refuse('command.option', `${quoteFound(typed)} is no number of moves at a time.`, {
    position,
    expected: `a whole number from 1 to ${MOST}; Windows’ own is 2`,
  });
}

/** A folder on a disk of a host, such as `D:\\Machines`, or on a share; nothing in it that a path of Windows cannot have. */
export function checkPath(cursor: CommandCursor, { position, glyphs }: Value): string {
  const path = textOf(glyphs);
  const isPath = /^(?:[A-Za-z]:\\|\\\\[^\\]+\\)[^<>:"|?*/]*$/.test(path) && !path.split('\\').includes('..');
  if (isPath && path.length <= LONGEST_PATH) return path;
  throw cursor.refuse('command.option', `${quoteFound(path)} is no whole path of a folder.`, {
    position,
    expected: 'a path such as "D:\\Machines" or "\\\\files\\machines", in quotes',
  });
}

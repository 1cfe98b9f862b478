import type { HostName } from './ask';
import type { CommandCursor } from './cursor';
import { readTerm } from './host-term';

const EXPECTED = 'one host, such as hyper-v01, hyper-v01.example.com or a distinguished name in quotes';

/** Reads a host where only one may stand; `summary` says so of a list, a range or `all`. */
export function readOnlyHost(cursor: CommandCursor, summary: string): HostName {
  const { position } = cursor;
  const term = readTerm(cursor, { side: 'only', afterComma: false });
  if (term.kind !== 'host') throw cursor.refuse('command.host', summary, { expected: EXPECTED, position });
  if (cursor.peek() === ',') throw cursor.refuse('command.host', summary, { expected: EXPECTED });
  return term.host;
}

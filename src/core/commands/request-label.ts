import type { CommandCursor } from './cursor';
import { quoteFound } from './problem';
import { textOf } from './typed-text';

const EXPECTED = 'a label such as R-1042';

/** Reads the label of a request, in any case. */
export function readLabel(cursor: CommandCursor): string {
  cursor.skipSpaces();
  const { position } = cursor;
  if (cursor.atEnd) throw cursor.refuse('command.empty', 'The request is missing.', { expected: EXPECTED });
  if (cursor.isDash(cursor.peek())) {
    throw cursor.refuse('command.request', 'The request is missing here.', { expected: EXPECTED });
  }
  const typed = textOf(cursor.takeWord());
  const label = typed.toUpperCase();
  if (/^R-[1-9][0-9]{0,11}$/.test(label)) return label;
  const [, number] = /^(?:R|#)?[-\u2013\u2014]?([1-9][0-9]{0,11})$/.exec(label) ?? [];
  throw cursor.refuse('command.request', `${quoteFound(typed)} is not the label of a request.`, {
    position,
    expected: EXPECTED,
    nearest: number === undefined ? null : `R-${number}`,
  });
}

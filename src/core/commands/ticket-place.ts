import type { Problem } from '../problem';
import { drawProblem, type CommandProblem } from './problem';
import { readTypedText, textOf } from './typed-text';

/**
 * A problem of the ticket that a well-formed command names, or lacks, as a problem of the command: with its place in what was
 * typed. A command has one `--ticket` at most; where it has none, the place is its end.
 */
export function placeTicketProblem(typed: string, { summary, remedy }: Problem): CommandProblem {
  const text = readTypedText(typed);
  const found = /[-\u2013\u2014]+ticket[= ]+["']?/i.exec(textOf(text.glyphs));
  const before = found
    ? Array.from(textOf(text.glyphs).slice(0, found.index + found[0].length)).length
    : null;
  const position = before === null ? text.end : (text.glyphs[before]?.at ?? text.end);
  return drawProblem(text, {
    code: 'command.ticket',
    position,
    summary,
    expected: remedy.replace(/\.$/, ''),
  });
}

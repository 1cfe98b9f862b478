import type { SectionBlock } from '@slack/types';
import { words } from '../cards/message';
import { codeBlock } from '../cards/text';

/** What a phone shows of one line of code without breaking it. */
export const COLUMNS = 40;

/** Lines in one section, which holds 3,000 characters. */
const LINES = 40;

/** The most lines that a table shows: 64 hosts with their heading, and two tables in one message. */
const MOST_LINES = 2 * LINES;

/**
 * Directory text as one cell: exactly `width` columns, cut with a full stop where something is missing. What has no shape or turns the
 * direction of writing would put other cells out of place, and what Slack wants escaped would make five characters of one, so these
 * become a question mark: `--raw` shows exact text.
 */
export function cell(text: string, width: number): string {
  const shown = Array.from(text, (char) => (/[&<>\p{C}\p{M}\p{Z}]/u.test(char) && char !== ' ' ? '?' : char));
  const cut = shown.length > width ? [...shown.slice(0, width - 1), '.'] : shown;
  return cut.join('').padEnd(width);
}

/** The lines as code, each cut to a phone's width; what is left over is counted. */
export function table(lines: readonly string[]): readonly SectionBlock[] {
  const shown = lines.length > MOST_LINES ? lines.slice(0, MOST_LINES - 1) : lines;
  const rest = lines.length - shown.length;
  const all = [...shown, ...(rest > 0 ? [`… and ${rest} more lines`] : [])];
  const fitting = all.map((line) => cell(line, COLUMNS).trimEnd());
  return Array.from({ length: Math.ceil(fitting.length / LINES) }, (_, at) =>
    words(codeBlock(fitting.slice(at * LINES, (at + 1) * LINES).join('\n'))),
  );
}

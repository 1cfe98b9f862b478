import fc from 'fast-check';
import { CommandCursor } from '../../../src/core/commands/cursor';
import { parseCommand, readCommand } from '../../../src/core/commands/parse';
import { printAsk } from '../../../src/core/commands/print';
import { CommandRefusal } from '../../../src/core/commands/problem';
import { readTypedText } from '../../../src/core/commands/typed-text';
import type { CommandEntry } from '../../../src/core/commands/verbs';
import { asks, texts } from './arbitraries';

const entries = fc.constantFrom<CommandEntry>('/delegate', '/hv', 'mention');
const runs = { numRuns: 500 };

test('Every ask that fits is read back equal from its canonical text', () => {
  fc.assert(
    fc.property(asks, (ask) => {
      const printed = printAsk(ask);
      fc.pre(!readTypedText(printed).cut);
      expect(parseCommand('/hv', printed)).toEqual({ ok: true, ask });
    }),
    runs,
  );
});

test('Whatever is understood is printed so that it is understood the same', () => {
  let understood = 0;
  fc.assert(
    fc.property(entries, texts, (entry, text) => {
      const parsed = parseCommand(entry, text);
      if (!parsed.ok) return;
      understood += 1;
      expect(parseCommand('/hv', printAsk(parsed.ask))).toEqual(parsed);
    }),
    runs,
  );
  expect(understood).toBeGreaterThan(10);
});

test('No text throws, and every problem has its place in the text and a caret under it', () => {
  fc.assert(
    fc.property(entries, texts, (entry, text) => {
      const parsed = parseCommand(entry, text);
      if (parsed.ok) return;
      const { code, position, summary, expected, caret } = parsed.problem;
      expect(code).toMatch(/^command\.[a-z]+$/);
      expect(position).toBeGreaterThanOrEqual(0);
      expect(position).toBeLessThanOrEqual(text.length);
      expect(summary).not.toBe('');
      expect(expected).not.toBe('');
      expect(caret).toMatch(/^[^\n]*\n *\^$/);
      const [line = '', below = ''] = caret.split('\n');
      expect(below.length).toBeLessThanOrEqual(Array.from(line).length + 1);
    }),
    runs,
  );
});

test('A problem never points into the middle of what Slack escaped or of a surrogate pair', () => {
  fc.assert(
    fc.property(entries, texts, (entry, text) => {
      const parsed = parseCommand(entry, text);
      if (parsed.ok) return;
      const { glyphs, end } = readTypedText(text);
      expect([...glyphs.map(({ at }) => at), end]).toContain(parsed.problem.position);
    }),
    runs,
  );
});

function stepsFor(entry: CommandEntry, text: string): number {
  const cursor = new CommandCursor(readTypedText(text));
  try {
    readCommand(entry, cursor);
  } catch (error) {
    if (!(error instanceof CommandRefusal)) throw error;
  }
  return cursor.steps;
}

/** Looks per character that the hungriest rule (a bare distinguished name) may take; 300² would be 300 per character. */
const STEPS_PER_CHARACTER = 8;

test('The work is linear in the length, for any text', () => {
  fc.assert(
    fc.property(entries, texts, (entry, text) => {
      expect(stepsFor(entry, text)).toBeLessThanOrEqual(STEPS_PER_CHARACTER * (text.length + 6));
    }),
    runs,
  );
});

test.each([
  ['dashes', '', '-'],
  ['dashes after a name', 'a', '-'],
  ['fat dashes', 'a', '='],
  ['spaces', 'a -> b', ' '],
  ['commas', 'a -> b cifs', ' ,'],
  ['quotation marks', 'a -> b --reason ', '"'],
  ['open quotation marks of both kinds', 'a -> ', `"'`],
  ['arrow words', 'CN=a,OU=b', ' to'],
  ['parts of a name', 'CN=a', ',OU=b c'],
  ['domain parts of a name', 'CN=a', ',DC=b'],
  ['escapes', 'CN=a', '\\\\'],
  ['backslashes before spaces', 'CN=a', '\\ '],
  ['dashes in a name', 'CN=a', ' -'],
  ['options', 'a -> b', ' --plan'],
  ['reasons', 'a -> b', ' --reason "x"'],
  ['mentions', '', '<@'],
  ['links', 'a -> ', '<http://a|'],
  ['ampersands', 'a -> b --reason "', '&amp;'],
])('Doubling a run of %s does no more than double the work', (_what, start, piece) => {
  const repeat = (times: number) => stepsFor('/delegate', start + piece.repeat(times));
  const times = Math.floor((290 - start.length) / (piece === '&amp;' ? 1 : piece.length) / 2);
  expect(repeat(times * 2)).toBeLessThanOrEqual(repeat(times) * 2 + 10);
});

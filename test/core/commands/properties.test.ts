import fc from 'fast-check';
import { CommandCursor } from '../../../src/core/commands/cursor';
import { namesOf, termText } from '../../../src/core/commands/host-terms';
import { parseCommand, readCommand } from '../../../src/core/commands/parse';
import { printAsk } from '../../../src/core/commands/print';
import { CommandRefusal } from '../../../src/core/commands/problem';
import { readTypedText } from '../../../src/core/commands/typed-text';
import type { CommandEntry } from '../../../src/core/commands/verbs';
import { asks, texts } from './arbitraries';
import { sides, textsOf } from './host-arbitraries';
import { range } from './terms';

const entries = fc.constantFrom<CommandEntry>('/delegate', '/undelegate', '/hv', 'mention');
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

const arrows = fc.constantFrom('->', '<->');
const count = fc.integer({ min: 1, max: 64 });
const pairsOf = (from: readonly string[], to: readonly string[]) =>
  from.flatMap((one) => to.filter((other) => other !== one).map((other) => `${one} ${other}`));

test('64 different hosts are the most, which make at most 4032 pairs', () => {
  fc.assert(
    fc.property(arrows, count, fc.tuple(count, count), count, (arrow, n, [start, length], m) => {
      const sources = range('a', ['1', `${n}`]);
      const destinations = [range('a', [`${start}`, `${start + length - 1}`]), range('b', ['1', `${m}`])];
      const text = `${termText(sources)} ${arrow} ${destinations.map(termText).join(',')}`;
      const [from, to] = [textsOf(sources), destinations.flatMap(textsOf)];
      const hosts = new Set([...from, ...to]).size;
      const parsed = parseCommand('/delegate', text);
      const outcome = parsed.ok ? 'understood' : parsed.problem.summary;
      expect(outcome).toMatch(hosts <= 64 ? /^understood$/ : new RegExp(`names ${hosts} hosts`));
      const pairs = new Set(pairsOf(from, to).concat(arrow === '<->' ? pairsOf(to, from) : []));
      expect(parsed.ok && pairs.size > 4032).toBe(false);
    }),
    runs,
  );
});

test('Terms are written out as somebody would who counts up', () => {
  fc.assert(
    fc.property(sides, ({ sources }) => {
      const { names, all } = namesOf(sources);
      const texts = sources.flatMap(textsOf);
      expect(names.map(({ text }) => text.toLowerCase())).toEqual(texts.filter((text) => text !== '*'));
      expect(all).toBe(texts.includes('*'));
    }),
    runs,
  );
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
  ['hosts of a list', 'a -> ', ',a'],
  ['commas of a list', 'a', ','],
  ['opening brackets', 'a', '['],
  ['ranges', 'a -> b', ' a[1-2]'],
  ['arrows with two heads', 'a', '<-'],
  ['words of a mesh', '', 'mesh '],
  ['attributes in a list', 'a', ',b='],
  ['ampersands', 'a -> b --reason "', '&amp;'],
  ['words of a time', 'a -> b --for', ' 8 h'],
  ['digits of a time', 'a -> b --for ', '8'],
  ['parts of a time', 'a -> b --for ', '8h'],
  ['times', 'a -> b', ' --for 8h'],
  ['protocols', 'a -> b', ' --protocol any'],
])('Doubling a run of %s does no more than double the work', (_what, start, piece) => {
  expectLinear('/delegate', start, piece);
});

test.each([
  ['words before hosts', 'onboard a', ' like'],
  ['hosts to be like', 'onboard a', ' like b'],
  ['quoted hosts', 'onboard "a" like ', '"b"'],
  ['parts of a name', 'retire CN=a', ',OU=b c'],
  ['options', 'retire a', ' --plan'],
  ['reasons', 'undo R-1', ' --reason "x"'],
  ['digits of a label', 'undo R-', '1'],
  ['times', 'extend R-1', ' 8h'],
  ['units', 'extend R-1 8', ' h'],
  ['choices', 'requests', ' mine'],
])('Doubling a run of %s after /hv does no more than double the work', (_what, start, piece) => {
  expectLinear('/hv', start, piece);
});

function expectLinear(entry: CommandEntry, start: string, piece: string): void {
  const repeat = (times: number) => stepsFor(entry, start + piece.repeat(times));
  const times = Math.floor((290 - start.length) / (piece === '&amp;' ? 1 : piece.length) / 2);
  expect(repeat(times * 2)).toBeLessThanOrEqual(repeat(times) * 2 + 10);
}

test('Doubling a list of different hosts does no more than double the work', () => {
  const hosts = Array.from({ length: 72 }, (_, index) => `${index + 100}`);
  const steps = (count: number) => stepsFor('/delegate', hosts.slice(0, count).join(','));
  expect(steps(72)).toBeLessThanOrEqual(steps(36) * 2 + 10);
  const shortest = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('').join(',');
  expect(stepsFor('/delegate', shortest)).toBeLessThanOrEqual(STEPS_PER_CHARACTER * shortest.length);
});

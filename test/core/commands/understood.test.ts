import fc from 'fast-check';
import { CommandCursor } from '../../../src/core/commands/cursor';
import { termText } from '../../../src/core/commands/host-terms';
import { parseCommand } from '../../../src/core/commands/parse';
import { readTypedText } from '../../../src/core/commands/typed-text';
import { understand, understandAt } from '../../../src/core/commands/understood';
import type { CommandEntry } from '../../../src/core/commands/verbs';
import { texts } from './arbitraries';

/** What was understood, in a form that is easy to read. */
function told(text: string, entry: CommandEntry = '/delegate') {
  const { sources, destinations, ...rest } = understand(entry, text);
  return { ...rest, sources: sources.map(termText), destinations: destinations.map(termText) };
}

const nothing = {
  verb: 'delegate',
  sources: [],
  destinations: [],
  bothWays: false,
  services: null,
  options: {},
  strays: [],
};

test.each([
  ['', {}],
  ['hyper-v01', { sources: ['hyper-v01'] }],
  ['hyper-v01 ->', { sources: ['hyper-v01'] }],
  ['-> hyper-v02 cifs', { destinations: ['hyper-v02'], services: ['cifs'] }],
  ['a <-> b', { sources: ['a'], destinations: ['b'], bothWays: true }],
  ['a -> b,c_d lm', { sources: ['a'], destinations: ['b'], services: ['migration'], strays: ['c_d'] }],
  ['a -> b cifs, migratoin', { sources: ['a'], destinations: ['b'], services: ['cifs'] }],
  ['a -> hyper-v0[1-3] --for 8 hours', { sources: ['a'], destinations: ['hyper-v0[1-3]'] }],
  ['a -> b --ticket', { sources: ['a'], destinations: ['b'] }],
  [
    'a -> b --reason "Patch night" --tikcet CHG-1 --for 8h --both',
    {
      sources: ['a'],
      destinations: ['b'],
      bothWays: true,
      options: { reason: 'Patch night', for: 28_800_000, both: true },
    },
  ],
  ['a -> b --reason "never closed', { sources: ['a'], destinations: ['b'] }],
  ['mesh a,b', { sources: ['a', 'b'] }],
])('Of “%s” is understood what can be', (text, expected) => {
  expect(told(text)).toMatchObject({ ...nothing, ...expected });
});

test('The verb is found when it is nearly right, and whatever follows it is kept as typed', () => {
  expect(told('delagate a &gt; b', '/hv')).toMatchObject({ verb: 'delegate', tail: 'a > b' });
  expect(told('<@U0HANDOVER> show  R1042', 'mention')).toMatchObject({ verb: 'show', tail: 'R1042' });
  expect(told('fly', '/hv')).toMatchObject({ verb: null, tail: 'fly' });
  expect(told('x', '/hv-undo')).toMatchObject({ verb: 'undo', tail: 'x' });
});

const entries = fc.constantFrom<CommandEntry>('/delegate', '/undelegate', '/hv', '/hv-undo', 'mention');

test('No text throws, and what parses is understood as it parses', () => {
  fc.assert(
    fc.property(entries, texts, (entry, text) => {
      const found = understand(entry, text);
      const parsed = parseCommand(entry, text);
      if (!parsed.ok || parsed.ask.verb !== 'delegate' || parsed.ask.way === 'mesh') return;
      expect(found.verb).toBe('delegate');
      expect(found.sources).toEqual(parsed.ask.sources);
    }),
    { numRuns: 1_000 },
  );
});

/** Looks at characters that reading on takes. */
function stepsFor(text: string): number {
  const cursor = new CommandCursor(readTypedText(text));
  understandAt('/delegate', cursor);
  return cursor.steps;
}

test.each([
  ',a',
  'a,',
  ' "',
  '"',
  '[',
  '<-',
  ' to',
  ' cifs,',
  'CN=a,',
  ' --reason',
  ' --for 8',
  '<',
  "'",
  '\\',
  '=',
  ' _',
])('Doubling a run of “%s” does no more than double the work', (piece) => {
  const times = Math.floor(290 / piece.length / 2);
  const repeat = (count: number) => stepsFor(`a -> b${piece.repeat(count)}`);
  expect(repeat(times * 2)).toBeLessThanOrEqual(repeat(times) * 2 + 40);
});

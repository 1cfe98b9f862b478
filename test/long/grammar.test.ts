import fc from 'fast-check';
import { canonicalText } from '../../src/core/canonical';
import { CommandCursor } from '../../src/core/commands/cursor';
import { parseCommand, readCommand, type ParsedCommand } from '../../src/core/commands/parse';
import { printAsk } from '../../src/core/commands/print';
import { CommandRefusal } from '../../src/core/commands/problem';
import { isForbidden, readTypedText } from '../../src/core/commands/typed-text';
import { understandAt } from '../../src/core/commands/understood';
import { VERBS, type CommandEntry } from '../../src/core/commands/verbs';
import { asks, texts } from '../core/commands/arbitraries';

/** `HANDOVER_SEED` replays a campaign, `HANDOVER_INPUTS` says how long it is. */
const seed = Number(process.env['HANDOVER_SEED'] ?? 1);
const inputs = Number(process.env['HANDOVER_INPUTS'] ?? 1_000_000);

/** So many inputs have one seed: a failure names it, and is shrunk from there. */
const CHUNK = 10_000;
const LONGEST_MS = 30 * 60_000;

/** Looks per character that the hungriest rule may take; 300² would be 300 per character. Reading on after mistakes takes four times as many at most. */
const STEPS_PER_CHARACTER = 8;

const entries = fc.constantFrom<CommandEntry>('/delegate', '/undelegate', '/hv', '/hv-undo', 'mention');

/** What people do to a right command: letters go missing, double, swap, or become others. */
const spoilt = fc
  .tuple(
    asks,
    fc.array(
      fc.tuple(
        fc.nat(299),
        fc.constantFrom('drop', 'double', 'swap', 'put'),
        fc.constantFrom(...'"\',->[] =\\<&ü'.split('')),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([ask, edits]) =>
    edits.reduce((text, [at, edit, sign]) => {
      const place = at % (text.length + 1);
      const [before, char, after] = [text.slice(0, place), text.charAt(place), text.slice(place + 1)];
      if (edit === 'drop') return before + after;
      if (edit === 'double') return before + char + char + after;
      if (edit === 'swap') return before + after.charAt(0) + char + after.slice(1);
      return before + sign + char + after;
    }, printAsk(ask)),
  );

/** What is wrong with how a text was read; empty when nothing is. */
function faultsOf(entry: CommandEntry, text: string): readonly string[] {
  const parsed = parseCommand(entry, text);
  const faults = parsed.ok ? faultsOfAsk(parsed) : faultsOfProblem(parsed, text);
  const most = STEPS_PER_CHARACTER * (text.length + 6);
  const steps = Math.max(stepsFor(entry, text), understandingFor(entry, text) / 4);
  return steps > most ? [...faults, `${steps} steps for ${text.length} characters`] : faults;
}

/** The order of fields is nobody's. */
function isSame(one: ParsedCommand, other: ParsedCommand): boolean {
  return canonicalText(one) === canonicalText(other);
}

function faultsOfAsk(parsed: ParsedCommand & { ok: true }): readonly string[] {
  const again = parseCommand('/hv', printAsk(parsed.ask));
  return isSame(again, parsed) ? [] : [`read again as ${JSON.stringify(again)}`];
}

function faultsOfProblem({ problem }: ParsedCommand & { ok: false }, text: string): readonly string[] {
  const { code, position, summary, expected, caret } = problem;
  const { glyphs, end } = readTypedText(text);
  return [
    ...(/^command\.[a-z]+$/.test(code) ? [] : [`the code ${code}`]),
    ...(position === end || glyphs.some(({ at }) => at === position) ? [] : [`the place ${position}`]),
    ...(summary === '' || expected === '' ? ['no sentence or no remedy'] : []),
    ...(/^[^\n]*\n *\^$/.test(caret) ? [] : ['the caret']),
  ];
}

function stepsFor(entry: CommandEntry, text: string): number {
  const cursor = new CommandCursor(readTypedText(text));
  try {
    readCommand(entry, cursor);
  } catch (error) {
    if (!(error instanceof CommandRefusal)) throw error;
  }
  return cursor.steps;
}

/** The work of reading on in a text that may be wrong anywhere. */
function understandingFor(entry: CommandEntry, text: string): number {
  const typed = readTypedText(text);
  const cursor = new CommandCursor({
    ...typed,
    glyphs: typed.glyphs.filter(({ char }) => !isForbidden(char)),
  });
  understandAt(entry, cursor);
  return cursor.steps;
}

/** Reads so many inputs; gives how many of them were understood. Throws with seed and shrunk input at the first fault. */
function readMany<T>(
  count: number,
  arbitrary: fc.Arbitrary<T>,
  read: (input: T) => { readonly faults: readonly string[]; readonly verb: string | null },
): Map<string | null, number> {
  const seen = new Map<string | null, number>();
  for (let done = 0; done < count; done += CHUNK) {
    const property = fc.property(arbitrary, (input) => {
      const { faults, verb } = read(input);
      seen.set(verb, (seen.get(verb) ?? 0) + 1);
      if (faults.length > 0) throw new Error(faults.join('; '));
    });
    fc.assert(property, { seed: seed + done, numRuns: Math.min(CHUNK, count - done) });
  }
  return seen;
}

const verbOf = (entry: CommandEntry, text: string): string | null => {
  const parsed = parseCommand(entry, text);
  return parsed.ok ? parsed.ask.verb : null;
};
const verbs = VERBS.map(({ verb }) => verb);

describe(`a campaign of ${inputs} commands, seed ${seed}`, () => {
  it(
    'three tenths are asks: each is read back equal from its canonical text',
    () => {
      const seen = readMany(inputs * 0.3, asks, (ask) => {
        const printed = printAsk(ask);
        if (readTypedText(printed).cut) return { faults: [], verb: null };
        const same = isSame(parseCommand('/hv', printed), { ok: true, ask });
        return { faults: same ? [] : [`not read back: ${printed}`], verb: ask.verb };
      });
      expect([...seen.keys()].filter((verb) => verb !== null).toSorted()).toEqual(verbs.toSorted());
    },
    LONGEST_MS,
  );

  it.each([
    ['three tenths are asks that somebody has mistyped', 0.3, spoilt],
    ['four tenths are texts of all kinds', 0.4, texts],
  ] as const)(
    '%s: nothing throws, every error has its place and its remedy, the work is linear',
    (_what, share, arbitrary) => {
      const seen = readMany(inputs * share, fc.tuple(entries, arbitrary), ([entry, text]) => ({
        faults: faultsOf(entry, text),
        verb: verbOf(entry, text),
      }));
      // Both what is understood and what is not has to come up often, or nothing was tried.
      const refused = seen.get(null) ?? 0;
      expect(refused).toBeGreaterThan(inputs * share * 0.1);
      expect(inputs * share - refused).toBeGreaterThan(inputs * share * 0.01);
    },
    LONGEST_MS,
  );
});

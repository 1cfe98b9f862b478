import { grouped } from '../../core/delegation/grouped';
import { listed } from '../../core/delegation/listing';

/** So many names in a row are written as a range. */
const SHORTEST_RANGE = 3;
/** So much of a line that it stays below 700 characters with what follows. */
const LINE_LENGTH = 600;
/** More names than this become ranges in a sentence. */
const NAMES_SAID = 5;

interface Numbered {
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/** Names in short: `hv[01-04]` is hv01, hv02, hv03 and hv04, as commands have it; sorted, each name once. */
export function ranged(names: readonly string[]): readonly string[] {
  const numbered = [...new Set(names)].map((name) => ({ name, parts: partsOf(name) }));
  const alike = grouped(numbered, ({ name, parts }) => (parts ? `${parts.before}[]${parts.after}` : name));
  return alike
    .flatMap((group) => runsOf(group.flatMap(({ name, parts }) => parts ?? name)))
    .map((run) => ({ first: nameOf(run), pieces: typeof run === 'string' ? [run] : shortened(run) }))
    .toSorted((a, b) => (a.first < b.first ? -1 : 1))
    .flatMap(({ pieces }) => pieces);
}

/** The names of a sentence: `a, b and c`, in short when there are many. */
export function namesSaid(names: readonly string[]): string {
  return names.length > NAMES_SAID ? ranged(names).join(', ') : listed(names, NAMES_SAID);
}

/** As many names in a line as it takes, in short. */
export function nameLines(names: readonly string[]): readonly string[] {
  return filled(ranged(names), ', ');
}

/** As many pieces in a line as it takes. */
export function filled(pieces: readonly string[], between: string): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + between.length + piece.length <= LINE_LENGTH) {
      lines[lines.length - 1] = `${last}${between}${piece}`;
    } else lines.push(piece);
  }
  return lines;
}

/** A name round its last number; null where it has none that could be counted on. */
function partsOf(name: string): Numbered | null {
  const [, before = '', digits, after = ''] = /^(.*\D|)(\d{1,6})(\D*)$/.exec(name) ?? [];
  return digits === undefined ? null : { before, digits, after };
}

/** Numbers that follow each other, written with as many digits as the first or more. */
function runsOf(names: readonly (Numbered | string)[]): readonly (readonly Numbered[] | string)[] {
  const runs: (Numbered[] | string)[] = [];
  const byNumber = names.toSorted((a, b) => numberOf(a) - numberOf(b));
  for (const name of byNumber) {
    const run = runs.at(-1);
    if (typeof name === 'string') runs.push(name);
    else if (Array.isArray(run) && isNext(run, name)) run.push(name);
    else runs.push([name]);
  }
  return runs;
}

function numberOf(name: Numbered | string): number {
  return typeof name === 'string' ? 0 : Number(name.digits);
}

function isNext(run: readonly Numbered[], { digits }: Numbered): boolean {
  const width = run[0]?.digits.length ?? 0;
  return digits === String(Number(run.at(-1)?.digits) + 1).padStart(width, '0');
}

function nameOf(run: readonly Numbered[] | string): string {
  return typeof run === 'string' ? run : run.slice(0, 1).map(whole).join('');
}

function whole({ before, digits, after }: Numbered): string {
  return `${before}${digits}${after}`;
}

function shortened(run: readonly Numbered[]): readonly string[] {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last || run.length < SHORTEST_RANGE) return run.map(whole);
  return [`${first.before}[${first.digits}-${last.digits}]${first.after}`];
}

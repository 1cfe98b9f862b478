import { parseArgs } from 'node:util';
import { FEWEST_RUNS } from './figures';

/** What the command line of `npm run bench` asks for. */
export interface BenchOptions {
  /** Null: only list the benches. */
  readonly bench: string | null;
  /** End with 1 when a goal is not met. */
  readonly check: boolean;
  readonly runs: number;
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const ORDINARY_RUNS = 9;
const MOST_RUNS = 99;

/** Reads `[NAME] [--check] [--runs N]`; the name must be one of `known`. Throws UsageError. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parse(args);
  const [bench = null, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`Not understood: ${rest.join(' ')}`);
  if (bench !== null && !known.includes(bench)) {
    throw new UsageError(`There is no bench ${bench}; there are: ${known.join(', ')}`);
  }
  const runs = Number(values.runs ?? ORDINARY_RUNS);
  if (!Number.isInteger(runs) || runs < FEWEST_RUNS || runs > MOST_RUNS) {
    throw new UsageError(`--runs takes a number from ${FEWEST_RUNS} to ${MOST_RUNS}, not ${values.runs}`);
  }
  return { bench, check: values.check ?? false, runs };
}

function parse(args: readonly string[]) {
  const options = { check: { type: 'boolean' }, runs: { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

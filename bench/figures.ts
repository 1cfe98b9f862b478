/** Several runs of one thing, as they came, and their minimum, median and maximum, all in one unit. */
export interface Spread {
  readonly runs: readonly number[];
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** One figure of a result. `value` and `reference` are medians; without a reference, or a goal, the rest is null. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number | null;
  /** `value` divided by `reference`. */
  readonly ratio: number | null;
  /** The highest ratio that is good enough. */
  readonly goal: number | null;
  readonly met: boolean | null;
  readonly spread: Spread;
}

/** Fewer runs than this say nothing about a spread. */
export const FEWEST_RUNS = 5;

/** The middle of the values, of two middle ones their mean. Throws RangeError when there are none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const upper = Math.floor(sorted.length / 2);
  const lower = Math.floor((sorted.length - 1) / 2);
  return (at(sorted, lower) + at(sorted, upper)) / 2;
}

/**
 * The smallest value that at least `share` (0 < share ≤ 1) of all values do not exceed: the nearest rank, so that it is always one
 * that was measured. Throws RangeError when there are no values or the share is none.
 */
export function percentile(values: readonly number[], share: number): number {
  if (!(share > 0 && share <= 1)) throw new RangeError(`${share} is no share`);
  return at(ascending(values), Math.ceil(values.length * share) - 1);
}

/** Minimum, median and maximum of the runs. Throws RangeError when there are none. */
export function spread(runs: readonly number[]): Spread {
  const sorted = ascending(runs);
  return { runs, min: at(sorted, 0), median: median(runs), max: at(sorted, sorted.length - 1) };
}

/** A figure from its runs. A goal needs a reference; it is met when the ratio of the medians is not above it. */
export function figure(given: {
  name: string;
  unit: string;
  runs: readonly number[];
  reference?: readonly number[];
  goal?: number;
}): Figure {
  const { name, unit, runs, goal = null } = given;
  if (goal !== null && !given.reference) throw new RangeError(`${name} has a goal and no reference`);
  const own = spread(runs);
  const reference = given.reference ? median(given.reference) : null;
  const ratio = reference === null ? null : own.median / reference;
  const met = goal === null || ratio === null ? null : ratio <= goal;
  return { name, value: own.median, unit, reference, ratio, goal, met, spread: own };
}

function ascending(values: readonly number[]): readonly number[] {
  return values.toSorted((one, other) => one - other);
}

function at(sorted: readonly number[], index: number): number {
  const value = sorted[index];
  if (value === undefined) throw new RangeError('there are no values');
  return value;
}

import { planMoves } from '../../src/core/fabric/plan-moves';
import { figure, type Figure } from '../figures';
import { bestPlacing } from './exact-placing';
import { shortestTime } from './exact-time';
import { instanceOf, type Shape } from './instances';
import { openSolver } from './linear-program';
import { leastLeft, problemOf, UNIT_MS } from './problem';

const CASES = 100;
const SECONDS = 10;
const FULL = [0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95] as const;

/** What one small fabric comes to. Times in units; shares of a host. */
interface Case {
  readonly seed: number;
  readonly unplaced: number;
  readonly others: number;
  readonly left: number;
  readonly units: number;
  readonly exact: { readonly unplaced: number; readonly others: number; readonly left: number };
  /** Null: not proven within the time, or not everything was placed. */
  readonly exactUnits: number | null;
}

/** Small fabrics, from half empty to 95 % full: is as much placed, with as few moves, as long, as can be? */
export async function benchExact(say: (line: string) => void): Promise<readonly Figure[]> {
  const solve = await openSolver(SECONDS);
  const cases: Case[] = [];
  for (let seed = 0; seed < CASES; seed += 1) {
    const instance = instanceOf(seed, shapeOf(seed));
    const problem = problemOf(instance);
    const plan = planMoves(instance.input, {
      kind: 'drain',
      hosts: instance.sources,
      to: null,
      makeRoom: true,
    });
    const best = bestPlacing(problem, solve);
    if (!best) continue;
    const others = plan.moves.filter(({ why }) => why !== 'asked').length;
    const left = leastLeft(problem, plan);
    const units = Math.round(plan.makespanMs / UNIT_MS);
    const isWhole = plan.stuck.length === 0 && best.unplaced === 0;
    cases.push({
      seed,
      unplaced: plan.stuck.length,
      others,
      left,
      units,
      exact: { unplaced: best.unplaced, others: best.others, left: best.leastLeft },
      exactUnits: isWhole ? shortestTime(problem, { others, left, found: units }, solve) : null,
    });
  }
  for (const each of cases) if (isWorse(each)) say(`Not the optimum: ${JSON.stringify(each)}`);
  return figuresOf(cases);
}

function shapeOf(seed: number): Shape {
  return {
    hosts: 4 + (seed % 2),
    sources: seed % 3 === 2 ? 2 : 1,
    full: FULL[seed % FULL.length] ?? 0.95,
    gigabytes: [32, 48],
    sizes: seed % 4 < 2 ? [2, 3, 5, 7, 8, 11] : [3, 6, 9, 10, 13, 16],
    slots: [2, 2, 3],
    links: 'each',
  };
}

function isWorse({ unplaced, others, left, units, exact, exactUnits }: Case): boolean {
  const isFewer = unplaced > exact.unplaced || others > exact.others;
  return isFewer || left < exact.left - 1e-6 || (exactUnits !== null && units > exactUnits);
}

function figuresOf(cases: readonly Case[]): readonly Figure[] {
  const whole = cases.filter(({ exact }) => exact.unplaced === 0);
  const cleared = whole.filter(({ unplaced }) => unplaced === 0);
  const timed = cleared.flatMap(({ units, exactUnits }) => (exactUnits === null ? [] : [units / exactUnits]));
  const count = (name: string, { value, of, goal }: { value: number; of: number; goal?: number }): Figure =>
    figure({
      name,
      unit: 'cases',
      runs: [value],
      // Of nothing there is no share.
      ...(of > 0 && { reference: [of] }),
      ...(goal !== undefined && { goal }),
    });
  return [
    count('small: exact solver places everything, of those where the planner does', {
      value: whole.length,
      of: cleared.length,
      goal: 1,
    }),
    count('small: machines left, of those that the exact solver leaves', {
      value: sum(cases, 'unplaced'),
      of: sumExact(cases, 'unplaced'),
    }),
    count('small: other machines moved, of those that the exact solver moves', {
      value: sum(cleared, 'others'),
      of: sumExact(cleared, 'others'),
    }),
    figure({
      name: 'small: least left on a host, short of the exact one, in points of a host',
      unit: 'points',
      runs: cleared.map(({ left, exact }) => Math.max(0, exact.left - left) * 100),
    }),
    figure({ name: 'small: time, of the exact one', unit: 'ratio', runs: timed, reference: [1], goal: 1.02 }),
    figure({
      name: 'small: time, of the exact one, on average',
      unit: 'ratio',
      runs: [mean(timed)],
      reference: [1],
      goal: 1.02,
    }),
    count('small: exact time is not known within 10 s', {
      value: cleared.length - timed.length,
      of: cleared.length,
    }),
  ];
}

function sum(cases: readonly Case[], what: 'unplaced' | 'others'): number {
  return cases.reduce((all, each) => all + each[what], 0);
}

function sumExact(cases: readonly Case[], what: 'unplaced' | 'others'): number {
  return cases.reduce((all, { exact }) => all + exact[what], 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0) / Math.max(1, values.length);
}

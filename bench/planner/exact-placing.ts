import type { Answer, Model, Sum } from './linear-program';
import type { Problem } from './problem';

type Solve = (model: Model) => Answer;
type Row = Model['rows'][number];

/** The best that can be done, in the order in which it counts. */
export interface BestPlacing {
  /** Machines that have to stay. */
  readonly unplaced: number;
  /** Machines that nobody asked about and that have to move. */
  readonly others: number;
  /** The most that can then be left on the host with the least, as a share of it. */
  readonly leastLeft: number;
}

/** Leaving one machine is worse than moving so many others. */
const STAYS = 100;

/** Finds it with two models, one after the other; null: not within the time. */
export function bestPlacing(problem: Problem, solve: Solve): BestPlacing | null {
  const { names, rows, stays, goes } = placing(problem);
  const first = solve({
    least: [...stays.map((name) => [STAYS, name] as const), ...goes.map((name) => [1, name] as const)],
    rows,
    binary: names,
    free: [],
  });
  if (first.kind !== 'optimal') return null;
  const unplaced = Math.floor((first.value + 0.5) / STAYS);
  const others = Math.round(first.value - unplaced * STAYS);
  const second = solve({
    least: [[-1, 'left']],
    rows: [
      ...rows,
      ...leftRows(problem),
      [ones(stays), '=', unplaced],
      ...(goes.length > 0 ? [[ones(goes), '=', others] as const] : []),
    ],
    binary: names,
    free: ['left'],
  });
  return second.kind === 'optimal' ? { unplaced, others, leastLeft: -second.value } : null;
}

function placing(problem: Problem) {
  const { targets, movers, others } = problem;
  const stays = movers.map((_, at) => `z${at}`);
  const comes = movers.flatMap((_, at) => targets.map((__, to) => `x${at}_${to}`));
  const goes = others.flatMap(({ home }, at) =>
    targets.flatMap(({ name }, to) => (name === home ? [] : [`y${at}_${to}`])),
  );
  const rows: Row[] = [
    ...movers.map((_, at): Row => {
      const own = targets.map((__, to) => `x${at}_${to}`);
      return [ones([...own, `z${at}`]), '=', 1];
    }),
    ...others.flatMap((_, at): Row[] => {
      const own = goes.filter((name) => name.startsWith(`y${at}_`));
      return own.length > 0 ? [[ones(own), '<=', 1]] : [];
    }),
    ...targets.flatMap((target, to): Row[] => [
      [usedOf(problem, to, 'memory'), '<=', target.memory],
      [usedOf(problem, to, 'cpu'), '<=', target.cpu],
    ]),
  ];
  return { names: [...stays, ...comes, ...goes], rows, stays, goes };
}

/** What comes to a target, without what leaves it. */
function usedOf({ targets, movers, others }: Problem, to: number, what: 'memory' | 'cpu'): Sum {
  return [
    ...movers.map((item, at) => [item[what], `x${at}_${to}`] as const),
    ...others.flatMap((item, at) =>
      targets.flatMap(({ name }, other) => {
        if (name === item.home) return [];
        if (other === to) return [[item[what], `y${at}_${other}`] as const];
        return item.home === targets[to]?.name ? [[-item[what], `y${at}_${other}`] as const] : [];
      }),
    ),
  ];
}

/** `left` is no more than what is left of anything on any target. */
function leftRows(problem: Problem): readonly Row[] {
  return problem.targets.flatMap(({ totalMemory, processors, memory, cpu }, to): Row[] => [
    [[...usedOf(problem, to, 'memory'), [totalMemory, 'left']], '<=', memory],
    [[...usedOf(problem, to, 'cpu'), [processors, 'left']], '<=', cpu],
  ]);
}

function ones(names: readonly string[]): Sum {
  return names.map((name) => [1, name] as const);
}

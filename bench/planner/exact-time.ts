import type { Answer, Model, Sum } from './linear-program';
import { boundOfSources, type Problem } from './problem';

type Solve = (model: Model) => Answer;
type Row = Model['rows'][number];

/** What a plan has already, which is decided before its time: others that are moved, and the share that is left where the least is. */
interface Given {
  readonly others: number;
  readonly left: number;
}

/** The shortest time in which all machines can be moved and nothing given is worse, in units; null: not within the solver's time. */
export function shortestTime(
  problem: Problem,
  { found, ...given }: Given & { readonly found: number },
  solve: Solve,
): number | null {
  if (found <= boundOfSources(problem) || found <= (onSlotsOfSource(problem, solve) ?? 0)) return found;
  let shortest = found;
  for (;;) {
    const answer = solve(timed(problem, { ...given, until: shortest - 1 }));
    if (answer.kind === 'unknown') return null;
    if (answer.kind === 'impossible') return shortest;
    shortest -= 1;
  }
}

/** With one source: its moves on its slots alone, wherever they go. Never more than the shortest time; null: not known, or more sources. */
function onSlotsOfSource({ movers, slots }: Problem, solve: Solve): number | null {
  const [home, ...more] = [...new Set(movers.map((item) => item.home))];
  if (home === undefined || more.length > 0) return null;
  const own = Array.from({ length: slots.get(home) ?? 1 }, (_, slot) => slot);
  const name = (at: number, slot: number): string => `x${at}_${slot}`;
  const rows: Row[] = [
    ...movers.map((_, at): Row => [own.map((slot) => [1, name(at, slot)] as const), '=', 1]),
    ...own.map((slot): Row => {
      const sum: Sum = movers.map(({ memory }, at) => [memory, name(at, slot)] as const);
      return [[...sum, [-1, 'time']], '<=', 0];
    }),
  ];
  const binary = movers.flatMap((_, at) => own.map((slot) => name(at, slot)));
  const answer = solve({ least: [[1, 'time']], rows, binary, free: [] });
  return answer.kind === 'optimal' ? Math.round(answer.value) : null;
}

/** Rounding must not make the given share impossible. */
const SLACK = 1e-6;

interface Start {
  readonly name: string;
  readonly home: string;
  readonly to: number;
  readonly at: number;
  readonly memory: number;
  readonly cpu: number;
}

/** Everything over by `until`: one variable for each machine, host and unit of time at which it may begin. */
function timed(problem: Problem, { others, left, until }: Given & { readonly until: number }): Model {
  const { targets, movers, slots } = problem;
  const own = movers.map((item, at) => startsOf(problem, { item, name: `m${at}`, until }));
  const theirs =
    others === 0 ? [] : problem.others.map((item, at) => startsOf(problem, { item, name: `o${at}`, until }));
  const all = [...own, ...theirs].flat();
  const times = Array.from({ length: until }, (_, time) => time);
  return {
    least: [],
    rows: [
      ...own.map((starts): Row => [ones(starts), '=', 1]),
      ...theirs.filter((starts) => starts.length > 0).map((starts): Row => [ones(starts), '<=', 1]),
      ...(others > 0 ? [[ones(theirs.flat()), '=', others] as const] : []),
      ...targets.flatMap(({ name, memory, cpu, totalMemory, processors }, to): Row[] => [
        [usedAt(all, { to, name, time: until, what: 'memory' }), '<=', memory - (left - SLACK) * totalMemory],
        [usedAt(all, { to, name, time: until, what: 'cpu' }), '<=', cpu - (left - SLACK) * processors],
      ]),
      ...times.flatMap((time) => [
        ...slotRows(all, { targets, slots, time }),
        ...targets.flatMap((target, to): Row[] => [
          [usedAt(all, { to, name: target.name, time, what: 'memory' }), '<=', target.memory],
          [usedAt(all, { to, name: target.name, time, what: 'cpu' }), '<=', target.cpu],
        ]),
      ]),
    ].filter(([sum]) => sum.length > 0),
    binary: all.map(({ name }) => name),
    free: [],
  };
}

function startsOf(
  { targets }: Problem,
  { item, name, until }: { item: Problem['movers'][number]; name: string; until: number },
): readonly Start[] {
  const { home, memory, cpu } = item;
  const last = until - memory;
  return targets.flatMap((target, to) =>
    target.name === home || last < 0
      ? []
      : Array.from({ length: last + 1 }, (_, at) => ({
          name: `${name}_${to}_${at}`,
          home,
          to,
          at,
          memory,
          cpu,
        })),
  );
}

function slotRows(
  all: readonly Start[],
  { targets, slots, time }: Pick<Problem, 'targets' | 'slots'> & { time: number },
): readonly Row[] {
  const going = all.filter(({ at, memory }) => at <= time && time < at + memory);
  return [...slots].map(([name, most]): Row => {
    const own = going.filter(({ home, to }) => home === name || targets[to]?.name === name);
    return [ones(own), '<=', most];
  });
}

/** What a host holds beside what it held at first: what has begun to come, without what has left for good. */
function usedAt(
  all: readonly Start[],
  { to, name, time, what }: { to: number; name: string; time: number; what: 'memory' | 'cpu' },
): Sum {
  return all.flatMap((start) => {
    if (start.to === to && start.at <= time) return [[start[what], start.name] as const];
    const hasLeft = start.home === name && start.at + start.memory <= time;
    return hasLeft ? [[-start[what], start.name] as const] : [];
  });
}

function ones(starts: readonly Start[]): Sum {
  return starts.map(({ name }) => [1, name] as const);
}

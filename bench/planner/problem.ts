import type { HostFacts, MachineReading } from '../../src/core/hyperv-port';
import type { MovePlan } from '../../src/core/fabric/plan';
import { GB, type Instance } from './instances';

/** Emptying hosts as a solver sees it. Memory in gigabytes, processors as how many are busy; times in `UNIT_MS`. */
export interface Problem {
  readonly targets: readonly Target[];
  readonly movers: readonly Item[];
  /** Machines on the targets. */
  readonly others: readonly Item[];
  /** Moves at a time of every host, by name. */
  readonly slots: ReadonlyMap<string, number>;
}

/** A host that machines may come to, and what is left for them there, with what is there already. */
interface Target {
  readonly name: string;
  readonly memory: number;
  readonly cpu: number;
  readonly totalMemory: number;
  readonly processors: number;
}

/** A machine; its move takes as many units as it has gigabytes. */
interface Item {
  readonly id: string;
  readonly home: string;
  readonly memory: number;
  readonly cpu: number;
}

/** How long a gigabyte takes: with three tenths that change meanwhile, over a gigabit per second. */
export const UNIT_MS = (GB * 1.3) / 125_000;

/** Reads an instance of the bench, by itself and not by the planner's own reading. */
export function problemOf({ input, sources }: Instance): Problem {
  const heard = input.hosts.flatMap(({ host, facts }) => (facts ? [{ host, facts }] : []));
  const items = heard.flatMap(({ host, facts }) => facts.machines.map((machine) => itemOf(machine, host)));
  const isSource = (name: string): boolean => sources.includes(name);
  return {
    targets: heard.filter(({ host }) => !isSource(host)).map(({ host, facts }) => targetOf(host, facts)),
    movers: items.filter(({ home }) => isSource(home)),
    others: items.filter(({ home }) => !isSource(home)),
    slots: new Map(heard.map(({ host, facts }) => [host, facts.migration.most])),
  };
}

/** The least that is left on any target after a plan, as a share of it: of memory or of processors. */
export function leastLeft({ targets, movers, others }: Problem, { moves }: MovePlan): number {
  const items = new Map([...movers, ...others].map((item) => [item.id, item]));
  const left = new Map(targets.map(({ name, memory, cpu }) => [name, { memory, cpu }]));
  for (const { machine, from, to } of moves) {
    const item = items.get(machine);
    const [source, target] = [left.get(from), left.get(to)];
    if (!item || !target) throw new Error(`the plan has a move that the problem has not: ${machine}`);
    if (source) [source.memory, source.cpu] = [source.memory + item.memory, source.cpu + item.cpu];
    [target.memory, target.cpu] = [target.memory - item.memory, target.cpu - item.cpu];
  }
  return Math.min(
    ...targets.map(({ name, totalMemory, processors }) => {
      const { memory = 0, cpu = 0 } = left.get(name) ?? {};
      return Math.min(memory / totalMemory, cpu / processors);
    }),
  );
}

/** No schedule is shorter, wherever machines go: each source’s moves on its slots, in units. */
export function boundOfSources({ movers, slots }: Problem): number {
  const homes = [...new Set(movers.map(({ home }) => home))];
  const bounds = homes.map((home) => {
    const own = movers.filter((item) => item.home === home).map(({ memory }) => memory);
    return Math.ceil(own.reduce((sum, each) => sum + each, 0) / (slots.get(home) ?? 1) - 1e-9);
  });
  return Math.max(0, ...movers.map(({ memory }) => memory), ...bounds);
}

function itemOf({ id, memory, load, processors }: MachineReading, home: string): Item {
  return { id, home, memory: Math.max(memory.assigned, memory.demand) / GB, cpu: (load / 100) * processors };
}

function targetOf(name: string, { memory, processors, machines }: HostFacts): Target {
  const reserve = Math.max(2 * GB, memory.total * 0.05);
  const busy = machines.reduce((sum, each) => sum + (each.load / 100) * each.processors, 0);
  return {
    name,
    memory: (memory.free - reserve) / GB,
    cpu: processors - busy,
    totalMemory: memory.total / GB,
    processors,
  };
}

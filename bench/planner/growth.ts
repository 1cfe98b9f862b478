import { planMoves } from '../../src/core/fabric/plan-moves';
import type { Task } from '../../src/core/fabric/plan-input';
import { figure, type Figure } from '../figures';
import { instanceOf, type Instance } from './instances';

/** With 62 machines a host: 1,000, 4,000 and 16,000 machines. */
const HOSTS = [16, 64, 256] as const;
const SECOND_MS = 1_000;

/** How long a plan takes to be made: an eighth of the hosts is emptied, and what was emptied is filled again. */
export function benchGrowth(runs: number, say: (line: string) => void): readonly Figure[] {
  const measured = HOSTS.map((hosts) => {
    const instance = instanceOf(hosts, {
      hosts,
      sources: hosts / 8,
      full: 0.92,
      gigabytes: [600, 660],
      sizes: [2, 4, 4, 8, 8, 12, 16],
      slots: [2],
      links: 'shared',
    });
    const machines = instance.input.hosts.reduce((sum, { facts }) => sum + (facts?.machines.length ?? 0), 0);
    const drain = timesOf(instance, { kind: 'drain', hosts: instance.sources, to: null }, runs);
    const evening = timesOf(emptied(instance), eveningOf(instance), runs);
    say(`${hosts} hosts, ${machines} machines: ${drain.moves} moves to empty, ${evening.moves} to even out`);
    return { hosts, machines, drain: drain.ms, evening: evening.ms };
  });
  const [small, middle, large] = measured;
  if (!small || !middle || !large) return [];
  const limit = [SECOND_MS];
  const times = large.machines / small.machines;
  const scaled = (ms: readonly number[]): readonly number[] => ms.map((each) => each * times);
  const named = (what: string, hosts: number, machines: number): string =>
    `${what} ${hosts} hosts with ${machines} machines`;
  return [
    figure({
      name: named('plan to empty an eighth of', small.hosts, small.machines),
      unit: 'ms',
      runs: small.drain,
    }),
    figure({
      name: named('plan to empty an eighth of', middle.hosts, middle.machines),
      unit: 'ms',
      runs: middle.drain,
      reference: limit,
      goal: 1,
    }),
    figure({
      name: `the same of ${large.hosts} with ${large.machines}, of ${times.toFixed(1)} times the smallest`,
      unit: 'ms',
      runs: large.drain,
      reference: scaled(small.drain),
    }),
    figure({ name: named('plan to even out', small.hosts, small.machines), unit: 'ms', runs: small.evening }),
    figure({
      name: named('plan to even out', middle.hosts, middle.machines),
      unit: 'ms',
      runs: middle.evening,
      reference: limit,
      goal: 1,
    }),
    figure({
      name: `the same of ${large.hosts} with ${large.machines}, of ${times.toFixed(1)} times the smallest`,
      unit: 'ms',
      runs: large.evening,
      reference: scaled(small.evening),
    }),
  ];
}

/** Milliseconds of processor of so many runs, after one that only warms up: what else the machine does is not in it, the engine's own threads are. */
function timesOf({ input }: Instance, task: Task, runs: number): { ms: readonly number[]; moves: number } {
  let moves = planMoves(input, task).moves.length;
  const ms = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    moves = planMoves(input, task).moves.length;
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return { ms, moves };
}

/** As it is after a patch night: the first hosts are empty. */
function emptied({ input, sources }: Instance): Instance {
  const hosts = input.hosts.map((reading) => {
    if (!reading.facts || !sources.includes(reading.host)) return reading;
    const { memory } = reading.facts;
    return {
      ...reading,
      facts: { ...reading.facts, machines: [], load: 0, memory: { ...memory, free: memory.total * 0.98 } },
    };
  });
  return { input: { ...input, hosts }, sources };
}

function eveningOf({ input, sources }: Instance): Task {
  const averages = input.hosts.map(({ host }) => {
    const share = sources.includes(host) ? 2 : 80;
    return { host, load: share, memory: share };
  });
  return { kind: 'even-out', hosts: null, averages };
}

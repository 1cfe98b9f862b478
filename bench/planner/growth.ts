import { planMoves } from '../../src/core/fabric/plan-moves';
import type { PlanInput, Task } from '../../src/core/fabric/plan-input';
import { figure, median, type Figure } from '../figures';
import { instanceOf, type Instance } from './instances';

/** With 62 machines a host: 1,000, 4,000 and 16,000 machines. */
const HOSTS = [16, 64, 256] as const;
const SECOND_MS = 1_000;

/** Plans of the smallest fabric before anything is timed: what the engine has not compiled yet takes several times as long. */
const WARM = 600;
const NEAR_LINEAR = 2;

/**
 * How long a plan takes to be made: an eighth of the hosts is emptied, and what was emptied is filled again. The largest fabric against the
 * smallest, times as much longer as one pass over all machines takes: of the largest there is more than a processor keeps at hand, so that
 * even what does the same for each machine takes longer than there are more machines.
 */
export function benchGrowth(runs: number, say: (line: string) => void): readonly Figure[] {
  const fabrics = HOSTS.map(fabricOf);
  for (const { emptying, evening } of fabrics.slice(0, 1)) {
    for (let run = 0; run < WARM; run += 1) {
      for (const { input, task } of [emptying, evening]) planMoves(input, task);
      passOver(emptying.input);
    }
  }
  const measured = fabrics.map(({ hosts, machines, emptying, evening }) => {
    const moves = [emptying, evening].map(({ input, task }) => planMoves(input, task).moves.length);
    say(`${hosts} hosts, ${machines} machines: ${moves[0]} moves to empty, ${moves[1]} to even out`);
    return {
      hosts,
      machines,
      emptying: timesOf(() => planMoves(emptying.input, emptying.task), runs),
      evening: timesOf(() => planMoves(evening.input, evening.task), runs),
      pass: timesOf(() => passOver(emptying.input), runs),
    };
  });
  const [small, middle, large] = measured;
  if (!small || !middle || !large) return [];
  const times = median(large.pass) / median(small.pass);
  say(
    `${(large.machines / small.machines).toFixed(1)} times the machines: one pass over them takes ${times.toFixed(1)} times as long`,
  );
  return (['emptying', 'evening'] as const).flatMap((task) => [
    figure({
      name: `plan of ${task} ${small.hosts} hosts with ${small.machines} machines`,
      unit: 'ms',
      runs: small[task],
    }),
    figure({
      name: `plan of ${task} ${middle.hosts} hosts with ${middle.machines} machines`,
      unit: 'ms',
      runs: middle[task],
      reference: [SECOND_MS],
      goal: 1,
    }),
    figure({
      name: `the same of ${large.hosts} with ${large.machines}, of ${times.toFixed(1)} times the smallest`,
      unit: 'ms',
      runs: large[task],
      reference: small[task].map((each) => each * times),
      goal: NEAR_LINEAR,
    }),
  ]);
}

/** What any planner does at least: it looks at each machine of each host, and remembers it. */
function passOver({ hosts }: PlanInput): readonly (readonly object[])[] {
  return hosts.map(({ facts }) =>
    (facts?.machines ?? [])
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, name, state, memory, load, disks, switches }) => ({
        id,
        need: state === 'running' ? Math.max(memory.assigned, memory.demand) : memory.startup,
        bytes: disks.reduce((sum, { bytes, kind }) => (kind === 'local' ? sum + bytes : sum), 0),
        text: `${name}${load}${switches.join()}`,
      })),
  );
}

function fabricOf(hosts: number) {
  const instance = instanceOf(hosts, {
    hosts,
    sources: hosts / 8,
    full: 0.92,
    gigabytes: [600, 660],
    sizes: [2, 4, 4, 8, 8, 12, 16],
    slots: [2],
    links: 'shared',
  });
  const { input, sources } = instance;
  const task: Task = { kind: 'drain', hosts: sources, to: null, makeRoom: true };
  return {
    hosts,
    machines: input.hosts.reduce((sum, { facts }) => sum + (facts?.machines.length ?? 0), 0),
    emptying: { input, task },
    evening: { input: emptied(instance).input, task: eveningOf(instance) },
  };
}

/** Milliseconds of processor of so many runs, after some that only warm up: what else the machine does is not in it, the engine's own threads are. */
function timesOf(run: () => unknown, runs: number): readonly number[] {
  for (let warming = 0; warming < 6; warming += 1) run();
  return Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
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

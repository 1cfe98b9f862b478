import type { HostFacts, MachineReading } from '../../src/core/hyperv-port';
import type { MovePlan, PlannedMove } from '../../src/core/fabric/plan';
import type { PlanInput } from '../../src/core/fabric/plan-input';
import { volumeOf } from '../../src/core/hyperv/volume';
import { rulingOf } from '../../src/core/fabric/ruling';

const SLACK = 1e-3;

/**
 * Goes through a plan as it would happen and says everything that is wrong with it at any instant. It knows nothing of how plans are
 * made: only what was read and what the plan says.
 */
export function faultsOf(input: PlanInput, plan: MovePlan): readonly string[] {
  const world = worldOf(input);
  const instants = [...new Set(plan.moves.map(({ startMs }) => startMs))];
  return [
    ...plan.moves.flatMap((move) => world.faultsOfWay(move)),
    ...faultsOfCourse(plan.moves, world),
    ...instants.flatMap((at) => faultsAt(at, plan, world)),
    ...faultsOfDisks(plan, world),
    ...(plan.makespanMs < plan.boundMs * (1 - 1e-9) ? ['it is shorter than its bound'] : []),
  ];
}

/** Where each machine is when all is over, by id. */
export function placesAfter(input: PlanInput, { moves }: MovePlan): ReadonlyMap<string, string> {
  const places = new Map(
    input.hosts.flatMap(({ host, facts }) => (facts?.machines ?? []).map(({ id }) => [id, host] as const)),
  );
  for (const { machine, to } of moves) places.set(machine, to);
  return places;
}

/** What would be read when all is over. */
export function inputAfter(input: PlanInput, plan: MovePlan): PlanInput {
  const places = placesAfter(input, plan);
  const machines = input.hosts.flatMap(({ facts }) => facts?.machines ?? []);
  return {
    ...input,
    hosts: input.hosts.map((reading) => {
      if (!reading.facts) return reading;
      const { facts, host } = reading;
      const here = machines.filter(({ id }) => places.get(id) === host);
      const assigned = (all: readonly MachineReading[]): number =>
        all.reduce((sum, { memory }) => sum + memory.assigned, 0);
      const busy = (all: readonly MachineReading[]): number =>
        all.reduce((sum, { load, processors }) => sum + load * processors, 0);
      const free = facts.memory.free + assigned(facts.machines) - assigned(here);
      const load = facts.load + (busy(here) - busy(facts.machines)) / facts.processors;
      return { ...reading, facts: { ...facts, machines: here, load, memory: { ...facts.memory, free } } };
    }),
  };
}

type World = ReturnType<typeof worldOf>;

function worldOf(input: PlanInput) {
  const hosts = new Map<string, HostFacts>();
  const machines = new Map<string, { reading: MachineReading; home: string }>();
  for (const { host, facts } of input.hosts) {
    if (facts) hosts.set(host, facts);
    for (const reading of facts?.machines ?? []) machines.set(reading.id, { reading, home: host });
  }
  const { reservePercent, reserveMegabytes, diskReservePercent } = input.settings;
  return {
    hosts,
    machines,
    input,
    diskReserve: diskReservePercent / 100,
    /** Bytes that stay for machines when the reserve is kept. */
    roomOf(facts: HostFacts): number {
      const assigned = facts.machines.reduce((sum, { memory }) => sum + memory.assigned, 0);
      const reserve = Math.max(reserveMegabytes * 1024 ** 2, (facts.memory.total * reservePercent) / 100);
      return facts.memory.free + assigned - reserve;
    },
    faultsOfWay(move: PlannedMove): readonly string[] {
      const known = machines.get(move.machine);
      const from = hosts.get(move.from);
      const to = hosts.get(move.to);
      if (!known || !from || !to || move.from === move.to) return [`${move.name}: no such move`];
      const { reading } = known;
      const ruling = rulingOf(reading, input.rules);
      const isPair = input.delegated.some((pair) => pair.from === move.from && pair.to === move.to);
      const broken: [string, boolean][] = [
        ['a version', to.versions.includes(reading.version)],
        ['a switch', reading.switches.every((each) => each === null || to.switches.includes(each))],
        ['a vendor', reading.state === 'off' || from.vendor === to.vendor],
        ['a drive', reading.dvd === null || input.choices[reading.id] === 'eject'],
        ['a disk', reading.disks.every(({ kind }) => kind !== 'physical')],
        ['a cluster', !reading.isClustered],
        ['a busy machine', !reading.isBusy],
        ['a pin', ruling.pinned === null && ruling.unread.length === 0],
        ['only hosts', ruling.onlyHosts === null || ruling.onlyHosts.includes(move.to)],
        ['a cordon', !input.cordoned.includes(move.to)],
        ['a delegation', !input.noDelegate || isPair],
        ['storage', (move.storage === null) === reading.disks.every(({ kind }) => kind !== 'local')],
        ['no storage', !input.noStorage || move.storage === null],
        ['state', reading.state !== 'paused' && reading.state !== 'other'],
      ];
      return broken.flatMap(([what, holds]) =>
        holds ? [] : [`${move.name} → ${move.to}: ${what} is not kept to`],
      );
    },
  };
}

/** Each machine goes on from where it is, one move at a time. */
function faultsOfCourse(moves: readonly PlannedMove[], { machines }: World): readonly string[] {
  const course = new Map<string, { at: string; free: number }>();
  return moves.flatMap(({ machine, name, from, to, startMs, ms }) => {
    const { at, free } = course.get(machine) ?? { at: machines.get(machine)?.home ?? '', free: 0 };
    course.set(machine, { at: to, free: startMs + ms });
    return at === from && startMs >= free - SLACK ? [] : [`${name} is not on ${from} at ${startMs}`];
  });
}

/** What is wrong at the instant at which these moves begin. */
function faultsAt(at: number, { moves }: MovePlan, world: World): readonly string[] {
  const isGoing = ({ startMs, ms }: PlannedMove): boolean => startMs <= at && at < startMs + ms - SLACK;
  const going = moves.filter(isGoing);
  const beginning = new Set(moves.filter(({ startMs }) => startMs === at).map(({ to }) => to));
  const found: string[] = [];
  if (going.length > (world.input.mostAtOnce ?? Infinity)) found.push(`${going.length} moves at ${at}`);
  for (const [name, facts] of world.hosts) {
    const own = going.filter(({ from, to }) => from === name || to === name);
    const copies = own.filter(({ storage }) => storage !== null);
    const { most, mostStorage } = facts.migration;
    if (own.length > most) found.push(`${name}: ${own.length} moves at ${at}`);
    if (copies.length > Math.min(most, mostStorage)) found.push(`${name}: ${copies.length} copies at ${at}`);
    if (beginning.has(name)) found.push(...faultsOfHost(name, at, { moves, world }));
  }
  return found;
}

function faultsOfHost(
  name: string,
  at: number,
  { moves, world }: { moves: readonly PlannedMove[]; world: World },
): readonly string[] {
  const facts = world.hosts.get(name);
  if (!facts) return [`${name} did not answer`];
  const here = [...world.machines.values()].filter(({ reading, home }) => {
    const own = moves.filter(({ machine, startMs }) => machine === reading.id && startMs <= at);
    const last = own.at(-1);
    if (!last) return home === name;
    return last.to === name || (last.from === name && at < last.startMs + last.ms - SLACK);
  });
  const memory = here.reduce((sum, { reading, home }) => sum + memoryAt(reading, home === name), 0);
  const cpu = here.reduce((sum, { reading: { load, processors } }) => sum + (load / 100) * processors, 0);
  const groups = here.flatMap(({ reading }) => rulingOf(reading, world.input.rules).groups);
  const isComing = ({ reading }: { reading: MachineReading }): boolean =>
    moves.some(({ machine, to, startMs }) => machine === reading.id && to === name && startMs === at);
  const coming = here.filter(isComing);
  const arriving = coming.flatMap(({ reading }) => rulingOf(reading, world.input.rules).groups);
  // A machine that takes nothing may come to a host that is too full already.
  const takesMemory = coming.some(({ reading }) => memoryAt(reading, false) > 0);
  const takesCpu = coming.some(({ reading }) => reading.load > 0);
  const isTogether = arriving.some((group) => groups.filter((each) => each === group).length > 1);
  return [
    ...(takesMemory && memory > world.roomOf(facts) + SLACK ? [`${name}: too little memory at ${at}`] : []),
    ...(takesCpu && cpu > facts.processors + SLACK ? [`${name}: processors too busy at ${at}`] : []),
    ...(isTogether ? [`${name}: machines together that are kept apart, at ${at}`] : []),
  ];
}

function memoryAt({ state, memory }: MachineReading, isHome: boolean): number {
  if (state === 'running') return Math.max(memory.assigned, memory.demand);
  return isHome ? memory.assigned : memory.startup;
}

function faultsOfDisks({ moves }: MovePlan, { hosts, machines, diskReserve }: World): readonly string[] {
  const copied = new Map<string, number>();
  for (const { machine, to, storage } of moves) {
    const disks = machines.get(machine)?.reading.disks ?? [];
    const bytes = disks.reduce((sum, { kind, bytes: own }) => sum + (kind === 'local' ? own : 0), 0);
    if (storage === null) continue;
    const volume = volumeOf(storage, hosts.get(to)?.disks ?? [])?.path ?? '';
    if (volume === '') return [`${to} has no ${storage}`];
    copied.set(`${to} ${volume}`, (copied.get(`${to} ${volume}`) ?? 0) + bytes);
  }
  return [...hosts].flatMap(([name, { disks }]) =>
    disks.flatMap(({ path, total, free }) => {
      const bytes = copied.get(`${name} ${path}`) ?? 0;
      return bytes > Math.max(0, free - total * diskReserve) + SLACK ? [`${name}: ${path} is full`] : [];
    }),
  );
}

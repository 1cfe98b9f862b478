import { brokenLink } from '../../src/core/request/audit';
import type { HyperV } from '../../src/core/hyperv-port';
import type { RequestRecord } from '../../src/core/request/record';
import type { MoveStage } from './move-stage';

type World = ReturnType<MoveStage['fabric']['at']>;
type Move = World['moves'][number];

const touches = (host: string) => (move: Move) => move.from === host || move.to === host;

/**
 * The port with an eye on every order: `wrong` names those to a host that is moving as many machines as it may, and those of a machine that is on its way.
 * The hosts would refuse them; nobody may count on that.
 */
export function watchOrders(stage: MoveStage): { around: (hyperV: HyperV) => HyperV; wrong: string[] } {
  const wrong: string[] = [];
  const around = (hyperV: HyperV): HyperV => ({
    ...hyperV,
    start(order) {
      const { moves, hosts } = stage.fabric.at(stage.clock.now());
      const going = moves.filter(({ state }) => state === 'running');
      for (const host of new Set([order.from, order.to])) {
        const most = hosts.find(({ name }) => name === host)?.migration.most ?? 0;
        if (going.filter(touches(host)).length >= most) wrong.push(`${order.machine}: ${host} is full`);
      }
      if (going.some(({ machine }) => machine === order.machine))
        wrong.push(`${order.machine} is on its way`);
      return hyperV.start(order);
    },
  });
  return { around, wrong };
}

/** Of each host the most moves that went on at any instant, by when each of them began and ended. */
export function peaks({ moves }: World, hosts: readonly string[]): Readonly<Record<string, number>> {
  const goesOn = (at: number) => (move: Move) => move.startedAt <= at && (move.endedAt ?? Infinity) > at;
  const most = (host: string): number => {
    const own = moves.filter(touches(host));
    return Math.max(0, ...own.map(({ startedAt }) => own.filter(goesOn(startedAt)).length));
  };
  return Object.fromEntries(hosts.map((host) => [host, most(host)]));
}

/** Fails unless all that these requests tell of machines and hosts is what the fabric has seen. */
export async function expectTold(stage: MoveStage, records: readonly RequestRecord[]): Promise<void> {
  const world = stage.fabric.at(stage.clock.now());
  const nameOf = (id: string): string => world.machines.find((machine) => machine.id === id)?.name ?? id;
  const steps = records.flatMap(({ moves }) => moves);
  const told = steps.filter(({ outcome }) => outcome?.kind === 'moved');
  // One for one: nothing was moved twice for a request, and nothing that none of them tells.
  expect(told.map(({ name, from, to }) => `${name}: ${from} -> ${to}`).toSorted()).toEqual(
    world.moves.map(({ machine, from, to }) => `${nameOf(machine)}: ${from} -> ${to}`).toSorted(),
  );
  expect(world.moves.filter(({ state }) => state !== 'done')).toEqual([]);
  for (const { name, machine, to, outcome } of steps) {
    if (!outcome) continue;
    const isThere = hostAt(world, machine, outcome.at) === to;
    expect([name, to, outcome.kind, isThere]).toEqual([name, to, outcome.kind, outcome.kind !== 'failed']);
  }
  for (const record of records) await expectEnded(stage, record, world);
}

async function expectEnded(stage: MoveStage, record: RequestRecord, world: World): Promise<void> {
  const { id, moves, remaining } = record;
  const kinds = moves.map(({ outcome }) => outcome?.kind ?? 'left');
  const isAll = kinds.every((kind) => kind === 'moved' || kind === 'there');
  expect([id, record.state]).toEqual([id, isAll ? 'done' : kinds.includes('moved') ? 'partial' : 'failed']);
  const audit = await stage.ledger.audit(id);
  expect(brokenLink(audit)).toBeNull();
  const looked = audit.find(({ what }) => what === 'emptied')?.at ?? 0;
  for (const { host, machines } of remaining ?? []) {
    // What was begun or has ended at that very instant may have been seen before or after.
    const sure = world.machines.filter((machine) => !isTurning(world, { id: machine.id, at: looked }));
    const there = sure.filter((machine) => isOn(world, { id: machine.id, host, at: looked }));
    const told = sure.filter(({ name }) => machines.includes(name));
    expect([host, namesOf(told)]).toEqual([host, namesOf(there)]);
  }
}

function isTurning({ moves }: World, { id, at }: { id: string; at: number }): boolean {
  return moves.some(
    ({ machine, startedAt, endedAt }) => machine === id && (startedAt === at || endedAt === at),
  );
}

function namesOf(machines: World['machines']): readonly string[] {
  return machines.map(({ name }) => name).toSorted();
}

/** Whether a host has a machine at that time, or one that is on its way there: Windows shows half of it already. */
function isOn(world: World, { id, host, at }: { id: string; host: string; at: number }): boolean {
  const coming = world.moves.some(
    ({ machine, to, startedAt, endedAt }) =>
      machine === id && to === host && startedAt <= at && (endedAt ?? Infinity) > at,
  );
  return coming || hostAt(world, id, at) === host;
}

/** Where a machine was at that time: its moves since then taken back. */
function hostAt({ machines, moves }: World, id: string, at: number): string | undefined {
  const later = moves.find((move) => move.machine === id && (move.endedAt ?? Infinity) > at);
  return later?.from ?? machines.find((machine) => machine.id === id)?.host;
}

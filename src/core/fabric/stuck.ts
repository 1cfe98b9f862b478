import { shapeOf, type Fleet, type PlanMachine } from './fleet';
import type { Found, Targets } from './found';
import { lacks } from './occupancy';
import { mayMove, ownReasons } from './own-reasons';
import { mayGo, pairReasons, silentReason } from './pair-reasons';
import type { StuckMachine } from './plan';
import type { Choice } from './plan-input';
import { reasonOf, type Reason } from './reasons';
import { roomReasons } from './room-reasons';

/** Why a machine stays, from how things stand at the end of the plan, and what a person could choose. */
export function stuckOf(machine: PlanMachine, found: Found, fleet: Fleet): StuckMachine {
  const targets = found.targetsOf(machine);
  const reasons = reasonsOf(machine, { ...targets, isDropped: found.dropped.has(machine) }, fleet);
  return {
    machine: machine.id,
    name: machine.name,
    host: machine.from.name,
    reasons,
    short: mostTelling(reasons)?.short ?? '',
    choices: choicesOf(machine, targets, fleet),
  };
}

function reasonsOf(
  machine: PlanMachine,
  { hosts, unheard, isDropped }: Targets & { isDropped: boolean },
  fleet: Fleet,
): readonly Reason[] {
  const own = ownReasons(machine, fleet);
  const others = hosts.filter((host) => host !== machine.from);
  const ofHosts = others.flatMap((host) => [
    ...pairReasons(machine, host, fleet),
    ...roomReasons(machine, host),
  ]);
  const silent = unheard.flatMap((name) => silentReason(name, fleet));
  const isOpen = others.some((host) => !ofHosts.some((reason) => reason.host === host.name));
  if (isDropped || (own.length === 0 && isOpen)) return [noOrder(machine), ...ofHosts, ...silent];
  const isNowhere = others.length === 0 && silent.length === 0;
  return [...own, ...(isNowhere ? [nowhere(machine)] : ofHosts), ...silent];
}

function nowhere({ name }: PlanMachine): Reason {
  return reasonOf('nowhere', null, {
    evidence: `There is no other host for ${name} to go to.`,
    fix: 'Name other hosts.',
    command: null,
  });
}

function noOrder({ name }: PlanMachine): Reason {
  return reasonOf('order', null, {
    evidence: `${name} would have room in the end, and not while machines are at two hosts on their way.`,
    fix: 'Let what can move go first, then ask again.',
    command: null,
  });
}

/** What holds for every host comes first, then what most hosts say. */
function mostTelling(reasons: readonly Reason[]): Reason | null {
  const own = reasons.find(({ host }) => host === null);
  if (own) return own;
  const counts = new Map<string, number>();
  for (const { code } of reasons) counts.set(code, (counts.get(code) ?? 0) + 1);
  return reasons.toSorted((a, b) => (counts.get(b.code) ?? 0) - (counts.get(a.code) ?? 0))[0] ?? null;
}

function choicesOf(machine: PlanMachine, { hosts }: Targets, fleet: Fleet): readonly Choice[] {
  const { reading, ruling } = machine;
  const open: Choice[] = [
    ...(reading.dvd === null ? [] : (['eject'] as const)),
    ...(ruling.mayShutDown ? stopsOf(reading) : []),
  ];
  // What was chosen and does not help is no choice any more.
  const left = open.filter((choice) => choice !== machine.choice);
  return [...left.filter((choice) => helps(machine, choice, { hosts, fleet })), 'leave'];
}

/**
 * How a machine is stopped. What is saved goes on in the middle, so it gets to no host that the same machine does not get to while it runs, and needs
 * the same room there; a paused one moves in no other way, and its guest hears no word to shut down.
 */
function stopsOf({ state }: PlanMachine['reading']): readonly Choice[] {
  if (state === 'paused') return ['save'];
  return state === 'running' ? ['shut-down'] : [];
}

/** Whether a machine could go to one of the hosts with this choice, as things stand at the end of the plan. */
function helps(
  machine: PlanMachine,
  choice: Choice,
  { hosts, fleet }: Pick<Targets, 'hosts'> & { fleet: Fleet },
): boolean {
  const shape = shapeOf(machine, choice);
  if (!mayMove(shape, fleet)) return false;
  const { from } = machine;
  return hosts.some(
    (to) => to !== from && mayGo({ machine: shape, from, to }, fleet) && lacks(shape, to).length === 0,
  );
}

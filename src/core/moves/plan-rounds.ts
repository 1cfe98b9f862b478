import type { DrainAsk } from '../commands/ask';
import type { Verdict } from '../delegation/plan';
import type { HostReading } from '../hyperv-port';
import { about, counted } from '../fabric/plan-sentence';
import type { MovePlan } from '../fabric/plan';
import type { AllowedMachine, Envelope } from './envelope';
import type { Forecast } from './forecast';
import { openMachines } from './open-machines';
import { drainToPlan, nothingMoves, plannedOf, type MovesToPlan, type PlanWorld } from './plan-drain';
import type { PlannedMoves } from './plan-migrate';
import { hostsOfRounds } from './rounds';
import { ownFolder } from './storage-folder';

type Plan = Extract<PlannedMoves, { kind: 'plan' }>;

/** A round as it was planned: its hosts as they are now, since all that left before has returned by then. */
export interface PlannedRound {
  readonly wanted: MovesToPlan;
  readonly plan: MovePlan;
}

/** How hosts are to be emptied round after round, each from the same readings, or why they are not. */
export function roundsToPlan(
  hosts: readonly HostReading[],
  world: PlanWorld,
  ask: DrainAsk,
): readonly MovesToPlan[] | Exclude<PlannedMoves, Plan> {
  const wanted = hostsOfRounds(ask).map((together) =>
    drainToPlan(hosts, world, {
      ...ask,
      hosts: together,
      to: ask.to?.filter((to) => !together.includes(to)) ?? null,
    }),
  );
  const verdicts = wanted.flatMap((each) => (each.kind === 'to-plan' ? [] : each.verdicts));
  if (verdicts.length > 0) return { kind: 'refused', verdicts: distinct(verdicts) };
  return wanted.flatMap((each) =>
    each.kind === 'to-plan' ? [{ ...each, input: { ...each.input, bothWays: true } }] : [],
  );
}

/**
 * All rounds as one plan. A host that could not be emptied would end everything in the middle of the night, so that is refused now: the others have
 * to hold each host in turn. Where somebody can choose for every machine that stays, nothing is to be approved before that.
 */
export function plannedRounds(rounds: readonly PlannedRound[]): PlannedMoves {
  const planned = rounds.map(({ plan, wanted }) => plannedOf(plan, wanted));
  const stuck = rounds.flatMap(({ plan }) => plan.stuck);
  const isOpen = stuck.length > 0 && openMachines(stuck).length === stuck.length;
  const verdicts = distinct([
    ...planned.flatMap((each) => each.verdicts),
    ...(isOpen ? [] : rounds.flatMap(cannotBeEmptied)),
  ]);
  const plans = planned.filter((each) => each.kind === 'plan');
  if (verdicts.some(({ verdict }) => verdict === 'refuse')) return { kind: 'refused', verdicts };
  if (isOpen) return { kind: 'to-choose', verdicts, forecast: nothingMoves(stuck) };
  if (plans.length === 0) return { kind: 'already-so', verdicts };
  const readings = rounds.flatMap(({ wanted }) => wanted.input.hosts);
  const envelope: Envelope = {
    machines: plans
      .flatMap((each) => each.envelope.machines)
      .map((machine) => withHome(machine, readings))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    destinations: [...new Set(plans.flatMap((each) => each.envelope.destinations))].toSorted(),
    returns: true,
  };
  const settings = new Map(plans.flatMap((each) => each.settings).map((change) => [change.host, change]));
  return {
    kind: 'plan',
    verdicts,
    settings: [...settings.values()].toSorted((a, b) => (a.host < b.host ? -1 : 1)),
    envelope,
    forecast: forecastOf(plans, rounds),
  };
}

function cannotBeEmptied({ plan: { stuck } }: PlannedRound): readonly Verdict[] {
  return stuck.map(({ name, host, reasons }) => ({
    check: 'round.holds',
    verdict: 'refuse' as const,
    sentence: `${host} would not be empty: ${name} stays. ${reasons[0]?.evidence ?? ''}`,
    remedy: `${reasons[0]?.fix ?? ''} Or leave ${host} out.`.trim(),
  }));
}

/** Its disks return to the folder that they are in. */
function withHome(machine: AllowedMachine, hosts: readonly HostReading[]): AllowedMachine {
  if (machine.storage === null) return machine;
  const facts = hosts.find(({ host }) => host === machine.from)?.facts;
  const reading = facts?.machines.find(({ id }) => id === machine.id);
  const home = reading ? ownFolder(reading) : '';
  return home === '' ? machine : { ...machine, home };
}

function forecastOf(plans: readonly Plan[], rounds: readonly PlannedRound[]): Forecast {
  const forecasts = plans.map(({ forecast }) => forecast);
  const times = rounds.map(({ plan, wanted: { task } }) => ({
    hosts: task.kind === 'drain' ? [...task.hosts] : [],
    // The way back takes as long as the way there.
    ms: plan.makespanMs * 2,
  }));
  const ms = times.reduce((sum, each) => sum + each.ms, 0);
  const moves = forecasts.flatMap((each) => each.moves);
  const fullest = forecasts.flatMap((each) => each.hosts).toSorted((a, b) => b.memory - a.memory);
  const [first] = fullest;
  // Each by its fullest round.
  const peaks = new Map(fullest.toReversed().map(({ host, memory }) => [host, memory]));
  const needs = new Set(
    rounds.flatMap(({ plan }) => plan.needs.delegations.map(({ from, to }) => `${from} ${to}`)),
  );
  return {
    moves,
    staying: [],
    hosts: [...peaks].map(([host, memory]) => ({ host, memory })),
    rounds: times,
    summary: [
      `${counted(moves.length, 'machine')} of ${counted(times.length, 'host')} away and back${times.length > 1 ? ', one host after the other' : ''}`,
      `${about(ms)} of moving`,
      ...(needs.size > 0 ? [`${counted(needs.size, 'delegation')} first`] : []),
      ...(first ? [`${first.host} is fullest, at ${first.memory} % memory`] : []),
    ],
    ms,
  };
}

function distinct(verdicts: readonly Verdict[]): readonly Verdict[] {
  return [...new Map(verdicts.map((each) => [`${each.check} ${each.sentence}`, each])).values()];
}

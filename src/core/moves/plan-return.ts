import type { ReturnAsk } from '../commands/ask';
import type { Verdict } from '../delegation/plan';
import type { HostReading } from '../hyperv-port';
import { refuse } from '../hyperv/host-verdicts';
import type { Home } from './homes-port';
import { planInput, type MovesToPlan, type PlanWorld } from './plan-drain';
import type { PlannedMoves } from './plan-migrate';

/**
 * How the machines are to come back that were moved away from a host, from where they are now. Those that cannot come back are told, and keep
 * no other.
 */
export function returnToPlan(
  hosts: readonly HostReading[],
  world: PlanWorld & { readonly homes: ReadonlyMap<string, Home> },
  ask: ReturnAsk,
): MovesToPlan | PlannedMoves {
  const home = hosts.find(({ host }) => host === ask.host);
  if (!home?.facts) return { kind: 'refused', verdicts: [unheard(ask.host)] };
  const away = hosts.flatMap(({ host, facts }) =>
    (facts?.machines ?? [])
      .filter(({ id }) => host !== ask.host && world.homes.get(id)?.host === ask.host)
      .map(({ id }) => id),
  );
  if (away.length === 0) return { kind: 'already-so', verdicts: [nobodyAway(ask.host)] };
  const machines = [...new Set(away)].toSorted().map((machine) => ({ machine, to: ask.host }));
  const input = planInput(hosts, world, { ...ask, noStorage: false });
  return { kind: 'to-plan', input, task: { kind: 'place', machines, otherwise: [] }, spare: [] };
}

function unheard(host: string): Verdict {
  return refuse(
    'host.answers',
    `${host} does not answer, or the Windows worker is not set up for it.`,
    `Check that ${host} is up and that WinRM answers there, and that hyperv.hosts in handover.yaml names it.`,
  );
}

function nobodyAway(host: string): Verdict {
  return {
    check: 'machine.away',
    verdict: 'ok',
    sentence: `No machine is known to be away from ${host}.`,
    remedy: '',
  };
}

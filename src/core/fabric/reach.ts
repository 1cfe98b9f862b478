import { once } from '../once';
import type { Fleet, PlanHost, PlanMachine } from './fleet';
import { isTier0, mayGo } from './pair-reasons';

/** The hosts to which nothing but room keeps a machine from going, without the one where it is. */
export type Reach = (machine: PlanMachine) => readonly PlanHost[];

/** Hosts of a list, to be asked quickly: many machines have one list. */
export const among = once((hosts: readonly PlanHost[]): ReadonlySet<PlanHost> => new Set(hosts));

/**
 * Says it for hosts that are allowed. Machines of one host that are alike in everything that this depends on are judged once: a
 * fabric has thousands of machines and few kinds.
 */
export function reachWithin(fleet: Fleet, allowed: readonly PlanHost[]): Reach {
  const ofKind = new Map<string, readonly PlanHost[]>();
  const halfMade = new Set(allowed.flatMap(({ planned }) => [...planned]));
  const look = (machine: PlanMachine): readonly PlanHost[] => {
    const { from } = machine;
    return allowed.filter((to) => to !== from && mayGo({ machine, from, to }, fleet));
  };
  const judge = (machine: PlanMachine): readonly PlanHost[] => {
    if (halfMade.has(machine.id)) return look(machine);
    const kind = kindOf(machine, fleet);
    const hosts = ofKind.get(kind) ?? look(machine);
    ofKind.set(kind, hosts);
    return hosts;
  };
  // Weak references to thousands of machines keep the garbage collector busy; this lives no longer than the plan is made.
  const known = new Map<PlanMachine, readonly PlanHost[]>();
  return (machine) => {
    const found = known.get(machine) ?? judge(machine);
    known.set(machine, found);
    return found;
  };
}

/** Everything of a machine that `mayGo` looks at. */
function kindOf(machine: PlanMachine, fleet: Fleet): string {
  const { from, reading, ruling, choice, diskBytes } = machine;
  const only = ruling.onlyHosts?.join(',') ?? '*';
  const state = choice === 'shut-down' ? 'off' : reading.state;
  return [
    from.name,
    state,
    reading.version,
    only,
    diskBytes > 0,
    isTier0(machine, fleet),
    ...reading.switches,
  ].join('|');
}

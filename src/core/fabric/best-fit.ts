import type { PlanHost, PlanMachine } from './fleet';
import { fits, headroom, put } from './occupancy';
import type { Reach } from './reach';

/** `spread`: where the most stays free. `tight`: where the least does, so that large gaps stay whole. */
type Manner = 'spread' | 'tight';

/** The host that takes a lifted machine best; null: none has room. */
export function bestHost(machine: PlanMachine, hosts: readonly PlanHost[], manner: Manner): PlanHost | null {
  let best: PlanHost | null = null;
  let most = -Infinity;
  for (const host of hosts) {
    const left = headroom(host, machine.need);
    const worth = manner === 'spread' ? left : -left;
    if (worth > most && fits(machine, host)) [best, most] = [host, worth];
  }
  return best;
}

/** Puts lifted machines one after the other; gives those for which there was no room. */
export function putAll(machines: readonly PlanMachine[], reach: Reach, manner: Manner): PlanMachine[] {
  return machines.filter((machine) => {
    const host = bestHost(machine, reach(machine), manner);
    if (host) put(machine, host);
    return host === null;
  });
}

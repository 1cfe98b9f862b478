import type { RebalanceAsk } from '../commands/ask';
import type { HostAverage } from '../fabric/plan-input';
import type { HostReading } from '../hyperv-port';
import { unknownHost } from '../hyperv/host-verdicts';
import { planInput, type MovesToPlan, type PlanWorld } from './plan-drain';
import type { PlannedMoves } from './plan-migrate';

/**
 * How busy and idle hosts are to become more alike, by what they were like over a while and are now; nothing where that is not worth a move. Machines
 * go only where they may go already.
 */
export function rebalanceToPlan(
  hosts: readonly HostReading[],
  averages: readonly HostAverage[],
  { world, ask }: { readonly world: PlanWorld; readonly ask: RebalanceAsk },
): MovesToPlan | PlannedMoves {
  const known = hosts.map(({ host }) => host);
  const stranger = ask.hosts?.find((host) => !known.includes(host));
  if (stranger !== undefined) return { kind: 'refused', verdicts: [unknownHost(stranger)] };
  const input = planInput(hosts, world, { most: ask.most, noStorage: true, noDelegate: true });
  return { kind: 'to-plan', input, task: { kind: 'even-out', hosts: ask.hosts, averages }, spare: [] };
}

import { Fabric } from '../../lab/hyperv/fabric';
import type { AskKdc } from '../../lab/hyperv/sign-in';
import type { FabricHost, FabricMachine } from '../../lab/hyperv/model';
import { practiceFabric } from '../../lab/hyperv/practice-fabric';
import { simulatedHyperV } from '../../lab/hyperv/simulated-hyperv';
import type { HyperV } from '../../src/core/hyperv-port';

/** What a test may change of the practice fabric, and what its KDC says; granted unless said. */
interface FabricChanges {
  readonly hosts?: Readonly<Record<string, Partial<FabricHost>>>;
  readonly machines?: Readonly<Record<string, Partial<FabricMachine>>>;
  readonly ask?: AskKdc;
}

/** How a host moves machines before anybody has prepared it. */
export const UNPREPARED: FabricHost['migration'] = {
  enabled: false,
  auth: 'credssp',
  transport: 'compression',
  most: 2,
  mostStorage: 2,
  anyNetwork: true,
  networks: [],
};

/** The practice fabric in this process at a standing time, and the port on it. */
export function fabricAt(
  now: () => number,
  { hosts = {}, machines = {}, ask = () => Promise.resolve(true) }: FabricChanges = {},
): { fabric: Fabric; hyperV: HyperV } {
  const world = practiceFabric(now());
  const changed = {
    hosts: world.hosts.map((host) => ({ ...host, ...hosts[host.name] })),
    machines: world.machines.map((machine) => ({ ...machine, ...machines[machine.name] })),
  };
  const fabric = new Fabric({ ...changed, now: now() }, ask);
  return { fabric, hyperV: simulatedHyperV(fabric, { now }) };
}

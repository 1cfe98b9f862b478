import { Fabric } from '../../../lab/hyperv/fabric';
import { practiceFabric } from '../../../lab/hyperv/practice-fabric';
import type { Tickets } from '../../../lab/hyperv/tickets';

const NOW = 1_764_000_000_000;

/** A fabric whose first two hosts have the names of computers in a directory, and time in a test's hand. */
export function twoHosts({ from, to, controllers }: { from: string; to: string; controllers?: string[] }) {
  const named = new Map([
    ['hyper-v01', from],
    ['hyper-v02', to],
  ]);
  const practice = practiceFabric(NOW, controllers);
  return {
    now: NOW,
    open(tickets: Tickets) {
      const hosts = practice.hosts.map((host) => ({ ...host, name: named.get(host.name) ?? host.name }));
      const machines = practice.machines.map((each) => ({
        ...each,
        host: named.get(each.host) ?? each.host,
      }));
      const fabric = new Fabric({ hosts, machines, now: NOW }, tickets.ask);
      const idOf = (name: string): string => machines.find((machine) => machine.name === name)?.id ?? '';
      return {
        fabric,
        /** The codes of what keeps a machine from moving, at that time. */
        codes: async (machine: string, target: string, at = NOW): Promise<readonly string[]> => {
          const order = { machine: idOf(machine), to: target, storage: null, isLocal: false };
          return (await fabric.compare(order, at)).map(({ code }) => code);
        },
      };
    },
  };
}

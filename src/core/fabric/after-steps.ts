import type { HostFacts, HostReading } from '../hyperv-port';
import type { PlanInput } from './plan-input';
import type { Step } from './sequence';

/** What would be read after these steps, of machines that take no disks along. */
export function afterSteps(input: PlanInput, steps: readonly Step[]): PlanInput {
  let { hosts } = input;
  for (const { machine, from, to } of steps) {
    const { reading } = machine;
    const memory = reading.memory.assigned;
    const busy = reading.load * reading.processors;
    hosts = hosts.map((each) => {
      if (each.host === from.name) {
        return changed(each, { memory, busy: -busy }, (all) => all.filter(({ id }) => id !== reading.id));
      }
      if (each.host !== to.name) return each;
      return changed(each, { memory: -memory, busy }, (all) => [...all, reading]);
    });
  }
  return { ...input, hosts };
}

/** `memory`: bytes that become free; `busy`: percent of one processor that come. */
function changed(
  reading: HostReading,
  by: { readonly memory: number; readonly busy: number },
  machinesOf: (machines: HostFacts['machines']) => HostFacts['machines'],
): HostReading {
  if (!reading.facts) return reading;
  const { facts } = reading;
  return {
    ...reading,
    facts: {
      ...facts,
      memory: { ...facts.memory, free: facts.memory.free + by.memory },
      load: facts.load + by.busy / facts.processors,
      machines: machinesOf(facts.machines),
    },
  };
}

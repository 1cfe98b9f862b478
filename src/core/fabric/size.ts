import { compare, type PlanHost, type PlanMachine } from './fleet';

/** How much of an ordinary host a machine takes: the resource of which it takes the most. */
export type SizeOf = (machine: PlanMachine) => number;

/** Measures machines by the average of these hosts. */
export function sizeBy(hosts: readonly PlanHost[]): SizeOf {
  const sum = { memory: 1, cpu: 1e-9, disk: 1 };
  for (const { facts } of hosts) {
    sum.memory += facts.memory.total;
    sum.cpu += facts.processors;
    sum.disk += facts.disks.reduce((all, { total }) => all + total, 0);
  }
  return ({ need, diskBytes }) =>
    hosts.length * Math.max(need.memory / sum.memory, need.cpu / sum.cpu, diskBytes / sum.disk);
}

/** Less memory first; of two that are alike the one with the lower id. */
export function byMemory(a: PlanMachine, b: PlanMachine): number {
  return a.need.memory - b.need.memory || compare(a.id, b.id);
}

/** Those that run first, then the largest; of two that are alike the one with the lower id, so that no order of reading counts. */
export function largestFirst(machines: readonly PlanMachine[], sizeOf: SizeOf): PlanMachine[] {
  const sized = machines.map((machine) => ({ machine, size: sizeOf(machine) }));
  sized.sort(
    (a, b) =>
      Number(a.machine.how === 'cold') - Number(b.machine.how === 'cold') ||
      b.size - a.size ||
      compare(a.machine.id, b.machine.id),
  );
  return sized.map(({ machine }) => machine);
}

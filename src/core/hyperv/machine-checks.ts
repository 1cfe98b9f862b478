import type { HostReading, MachineReading } from '../hyperv-port';
import { bad, ok, type MoveCheck } from './check';

const GB = 1024 ** 3;

/** What of a machine could keep it from running at the destination, from what both hosts say. */
export function machineChecks(
  machine: MachineReading,
  { from, to }: { from: HostReading; to: HostReading },
): readonly MoveCheck[] {
  if (!from.facts || !to.facts) return [];
  const missing = machine.switches.filter((each) => each !== null && !to.facts?.switches.includes(each));
  const physical = machine.disks.filter(({ kind }) => kind === 'physical');
  const isOther = machine.state === 'running' && from.facts.vendor !== to.facts.vendor;
  const wanted = Math.max(machine.memory.assigned, machine.memory.demand);
  const free = to.facts.memory.free;
  const { name } = machine;
  return [
    to.facts.versions.includes(machine.version)
      ? ok('Configuration version', `${to.host} runs version ${machine.version}.`)
      : bad('Configuration version', `${to.host} does not run version ${machine.version}.`, {
          headline: `${to.host} does not run its version`,
          fix: 'Choose a host with the same Windows Server, or a newer one that still runs this version.',
        }),
    isOther
      ? bad(
          'Processors',
          `${from.host} has ${from.facts.vendor}, ${to.host} ${to.facts.vendor}: never while it runs.`,
          {
            headline: 'other processors',
            fix: `Shut ${name} down and move it cold, or choose another host.`,
          },
        )
      : ok('Processors', `Both hosts have ${to.facts.vendor}.`),
    missing.length > 0
      ? bad('Virtual switch', `${to.host} has no switch ${missing.join(', ')}.`, {
          headline: 'its switch is missing',
          fix: `Create a switch of that name on ${to.host}.`,
        })
      : ok('Virtual switch', `${to.host} has every switch of ${name}.`),
    machine.dvd === null
      ? ok('Drive', `Nothing is in the drive of ${name}.`)
      : bad('Drive', `${machine.dvd} is in the drive of ${name}.`, {
          headline: 'something is in its drive',
          fix: `Eject it, then move ${name}.`,
        }),
    physical.length > 0
      ? bad('Disks', `${name} has a disk of its host, ${physical[0]?.path ?? ''}, which cannot move.`, {
          headline: 'a disk of its host cannot move',
          fix: `Leave ${name} where it is, or copy that disk to a file first.`,
        })
      : ok('Disks', `None of the disks of ${name} belongs to its host alone.`),
    free >= wanted
      ? ok('Memory', `${gigabytes(free)} free on ${to.host}, ${gigabytes(wanted)} wanted.`)
      : bad('Memory', `${gigabytes(free)} free on ${to.host}, ${gigabytes(wanted)} wanted.`, {
          headline: 'too little memory',
          fix: `Make room on ${to.host}, or choose another host.`,
        }),
  ];
}

function gigabytes(bytes: number): string {
  return `${Math.round((bytes / GB) * 10) / 10} GB`;
}

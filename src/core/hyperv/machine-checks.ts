import type { HostFacts, HostReading, MachineReading } from '../hyperv-port';
import { bad, ok, type MoveCheck } from './check';

const GB = 1024 ** 3;

/** A machine, and the two hosts that it would move between: both answer. */
export interface MovePair {
  readonly machine: MachineReading;
  readonly from: HeardHost;
  readonly to: HeardHost;
}

/** A host that was asked and has answered. */
export type HeardHost = Extract<HostReading, { silent: null }>;

/** What of a machine could keep it from running at the destination, from what both hosts say. */
export function machineChecks(
  machine: MachineReading,
  { from, to }: { from: HostReading; to: HostReading },
): readonly MoveCheck[] {
  if (!from.facts || !to.facts) return [];
  const pair = { machine, from, to };
  const room = { host: to.host, free: to.facts.memory.free, wanted: wantedMemory(machine) };
  return [
    checkVersion(pair),
    checkProcessors(pair),
    checkSwitches(pair),
    checkDrive(machine),
    checkDisks(machine),
    checkMemory(room),
  ];
}

/** Bytes that a machine takes where it runs: what it has, or what it asks for if that is more. */
export function wantedMemory({ memory }: MachineReading): number {
  return Math.max(memory.assigned, memory.demand);
}

/** Whether the destination runs the machine's configuration version. */
export function checkVersion({ machine, to }: MovePair): MoveCheck {
  return to.facts.versions.includes(machine.version)
    ? ok('Configuration version', `${to.host} runs version ${machine.version}.`)
    : bad('Configuration version', `${to.host} does not run version ${machine.version}.`, {
        headline: `${to.host} does not run its version`,
        fix: 'Choose a host with the same Windows Server, or a newer one that still runs this version.',
      });
}

/** Neither a running machine nor one that goes on in the middle, saved or paused, can change the maker of its processors. */
export function isOtherVendor({ state }: MachineReading, from: HostFacts, to: HostFacts): boolean {
  return (state === 'running' || state === 'saved' || state === 'paused') && from.vendor !== to.vendor;
}

/** Whether both hosts have processors of one maker, where that matters. */
export function checkProcessors({ machine, from, to }: MovePair): MoveCheck {
  const { name } = machine;
  return isOtherVendor(machine, from.facts, to.facts)
    ? bad(
        'Processors',
        `${from.host} has ${from.facts.vendor}, ${to.host} ${to.facts.vendor}: never while it runs.`,
        {
          headline: 'other processors',
          fix: `Shut ${name} down and move it cold, or choose another host.`,
        },
      )
    : ok('Processors', `Both hosts have ${to.facts.vendor}.`);
}

/** Switches that the machine needs and a host has not. */
export function missingSwitches({ switches }: MachineReading, to: HostFacts): readonly string[] {
  return switches.filter((each): each is string => each !== null && !to.switches.includes(each));
}

/** Whether the destination has every switch of the machine. */
export function checkSwitches({ machine, to }: MovePair): MoveCheck {
  const missing = missingSwitches(machine, to.facts);
  return missing.length > 0
    ? bad('Virtual switch', `${to.host} has no switch ${missing.join(', ')}.`, {
        headline: 'its switch is missing',
        fix: `Create a switch of that name on ${to.host}.`,
      })
    : ok('Virtual switch', `${to.host} has every switch of ${machine.name}.`);
}

/** Whether the drive is empty: an ISO's path, and a host's drive, are not there at the destination. */
export function checkDrive({ name, dvd }: MachineReading): MoveCheck {
  return dvd === null
    ? ok('Drive', `Nothing is in the drive of ${name}.`)
    : bad('Drive', `${dvd} is in the drive of ${name}.`, {
        headline: 'something is in its drive',
        fix: `Eject it, then move ${name}.`,
      });
}

/** Whether all disks are files. */
export function checkDisks({ name, disks }: MachineReading): MoveCheck {
  const physical = disks.find(({ kind }) => kind === 'physical');
  return physical
    ? bad('Disks', `${name} has a disk of its host, ${physical.path}, which cannot move.`, {
        headline: 'a disk of its host cannot move',
        fix: `Leave ${name} where it is, or copy that disk to a file first.`,
      })
    : ok('Disks', `None of the disks of ${name} belongs to its host alone.`);
}

/** Whether there is room in the memory of a host. Bytes. */
export function checkMemory(room: {
  readonly host: string;
  readonly free: number;
  readonly wanted: number;
}): MoveCheck {
  const { host, free, wanted } = room;
  const evidence = `${gigabytes(free)} free on ${host}, ${gigabytes(wanted)} wanted.`;
  return free >= wanted
    ? ok('Memory', evidence)
    : bad('Memory', evidence, {
        headline: 'too little memory',
        fix: `Make room on ${host}, or choose another host.`,
      });
}

/** Bytes as Windows counts gigabytes: `1.5 GB`. */
export function gigabytes(bytes: number): string {
  return `${Math.round((bytes / GB) * 10) / 10} GB`;
}

import { quoted } from '../hyperv/quoted';
import type { MachineReading, WindowsFailure } from '../hyperv-port';
import type { Problem } from '../problem';
import type { First } from './envelope';
import { wasStopped, type MoveStep } from './move-step';

/** How long a machine may take to be as it has to be for its move, in milliseconds: a guest may have updates to finish while it shuts down. */
export const READY_MS: Readonly<Record<First, number>> = {
  eject: 60_000,
  'shut-down': 600_000,
  save: 600_000,
};

/** Whether a machine is as it has to be for its move. */
export function isReady({ dvd, state }: MachineReading, first: First | null): boolean {
  switch (first) {
    case 'eject':
      return dvd === null;
    case 'shut-down':
      return state === 'off';
    // Switched off meanwhile it moves all the same.
    case 'save':
      return state === 'saved' || state === 'off';
    case null:
      return true;
  }
}

/** A machine as it is going to be when it moves. One that is stopped needs room where it is started again. */
export function asReadied(machine: MachineReading, first: First | null): MachineReading {
  if (first === null) return machine;
  if (first === 'eject') return { ...machine, dvd: null };
  const { memory, state } = machine;
  const assigned = Math.max(memory.assigned, memory.startup);
  const stopped = first === 'shut-down' ? ('off' as const) : ('saved' as const);
  return { ...machine, memory: { ...memory, assigned }, state: state === 'off' ? 'off' : stopped };
}

/** That a machine did not become so within its time. Nothing is forced. */
export function notReadied({ name, machine, from, first }: MoveStep): Problem {
  const look = `Get-VM -ComputerName ${from} -Id ${machine}`;
  switch (first) {
    case 'shut-down':
      return {
        code: 'machine.not-shut-down',
        summary: `${name} was not moved: its guest was to shut down, and has not after ten minutes. It was not switched off.`,
        remedy: `Look at its console: it may wait for somebody, and may still shut down. Then ask again. How it stands: ${look}.`,
      };
    case 'save':
      return {
        code: 'machine.not-saved',
        summary: `${name} was not moved: it was to be saved, and is not after ten minutes.`,
        remedy: `It may still be saved: look how it stands, then ask again: ${look}.`,
      };
    default:
      return {
        code: 'machine.not-ejected',
        summary: `${name} was not moved: something is in its drive still.`,
        remedy: `Empty it, then ask again: ${look} | Get-VMDvdDrive | Set-VMDvdDrive -Path $null.`,
      };
  }
}

const DOING: Readonly<Record<First, string>> = {
  eject: 'to empty the drive of',
  'shut-down': 'to shut down',
  save: 'to save',
};

/** That Windows would not do it. */
export function refusedToReady({ name, from, first }: MoveStep, { code, message }: WindowsFailure): Problem {
  return {
    code: 'machine.not-readied',
    summary: `${name} was not moved: ${from} was told ${first ? DOING[first] : 'about'} it and says ${code}: ${message}`,
    remedy:
      first === 'shut-down'
        ? 'Its guest has to run the Hyper-V Guest Shutdown Service, and nobody may be in the way at its console. It runs as before.'
        : `Look at ${name} in Hyper-V Manager, then ask again.`,
  };
}

/** That a machine was ready for its move, which could not begin: it is not kept waiting, least of all switched off. */
export function notBegun(step: MoveStep): Problem {
  const { name, first } = step;
  const stays = first === 'save' ? ' It stays saved where it is.' : '';
  const again = wasStopped(step) ? ' It is started again where it is.' : stays;
  return {
    code: 'move.not-begun',
    summary: `${name} was not moved: it was ready, and its move could not begin.${again}`,
    remedy: 'Look at the card for what kept it, then ask again.',
  };
}

/** That a machine which was stopped for its move does not run again, with the command that starts it. */
export function notStarted({ name, machine, from, to }: MoveStep, host: string | null): Problem {
  const where = host ?? `${from} or ${to}`;
  return {
    code: 'machine.not-started',
    summary: `${name} was stopped for its move, and does not run again on ${where}.`,
    remedy: `Start it: Get-VM -ComputerName ${host ?? from} -Id ${machine} | Start-VM. The events of Hyper-V-VMMS there say why it did not: ${quoted(name)}.`,
  };
}

/** That a machine which was stopped for its move is off, and the other end does not answer: it is a person who may know that it is not there too. */
export function offBesideSilent({ name, machine, from, to }: MoveStep, host: string): Problem {
  const other = host === from ? to : from;
  return {
    code: 'machine.not-started',
    summary: `${name} was stopped for its move and is off on ${host}. It was not started, since ${other} does not answer and may have it too.`,
    remedy: `When it is surely not on ${other}, start it: Get-VM -ComputerName ${host} -Id ${machine} | Start-VM.`,
  };
}

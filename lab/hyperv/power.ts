import { freeMemory } from './blockers';
import type { Around, FabricHost, FabricMachine, WindowsError } from './model';
import { guestNotReady, notEnoughMemory } from './windows-errors';

/** How long a guest takes to shut down, and a machine to be saved, in milliseconds. */
const SHUT_DOWN_MS = 20_000;
const SAVE_MS = 5_000;

/** Machines whose names begin so take the word to shut down, and never do. */
const DEAF = 'deaf-';

/** What a host can be told to do with a machine: `Set-VMDvdDrive -Path $null`, `Stop-VM`, `Save-VM` and `Start-VM`. */
export const TOLD = ['eject', 'shut-down', 'save', 'start'] as const;
export type Told = (typeof TOLD)[number];

/** A machine that its host was told something of, or Windows' error. What it is already it stays. */
export function told(
  machine: FabricMachine,
  what: Told,
  { host, around, now }: { host: FabricHost; around: Around; now: number },
): FabricMachine | WindowsError {
  switch (what) {
    case 'eject':
      return { ...machine, iso: null };
    case 'shut-down':
      if (machine.state !== 'running' || machine.name.startsWith(DEAF)) return machine;
      // The guest is asked by its integration services, which are what the heartbeat comes from.
      if (machine.heartbeat !== 'ok') return guestNotReady(machine.name);
      return { ...machine, ending: { state: 'off', at: now + SHUT_DOWN_MS } };
    case 'save':
      return machine.state === 'running' || machine.state === 'paused'
        ? { ...machine, ending: { state: 'saved', at: now + SAVE_MS } }
        : machine;
    case 'start':
      return machine.state === 'off' || machine.state === 'saved'
        ? started(machine, { host, around, now })
        : machine;
  }
}

function started(
  machine: FabricMachine,
  { host, around, now }: { host: FabricHost; around: Around; now: number },
): FabricMachine | WindowsError {
  if (freeMemory(host, around) < machine.memory.assignedBytes)
    return notEnoughMemory(machine.name, host.name);
  return { ...machine, state: 'running', startedAt: now, heartbeat: 'ok' };
}

/** A machine as it is at that time: what was on its way to be off or saved is so by then. */
export function settled(machine: FabricMachine, now: number): FabricMachine {
  const { ending, ...rest } = machine;
  return ending && now >= ending.at ? { ...rest, state: ending.state, heartbeat: 'none' } : machine;
}

import { MEGABIT_PER_SECOND, USUAL_DIRTY_FACTOR, USUAL_MEGABITS } from '../fabric/planning-settings';
import type { MachineReading } from '../hyperv-port';

/** Of a network that nothing is known of, in bytes per millisecond. */
const USUAL_SPEED = USUAL_MEGABITS * MEGABIT_PER_SECOND;

/** The bytes of all files of a machine's disks: within a host they move from a share, too. */
export function fileBytes({ disks }: Pick<MachineReading, 'disks'>): number {
  return disks.reduce((sum, { kind, bytes }) => (kind === 'physical' ? sum : sum + bytes), 0);
}

/** The bytes of a machine's disks that lie on its own host. */
export function localBytes({ disks }: Pick<MachineReading, 'disks'>): number {
  return disks.reduce((sum, { kind, bytes }) => (kind === 'local' ? sum + bytes : sum), 0);
}

/** What a move takes by itself: bytes, and milliseconds at `speed` bytes per millisecond. Of a machine that does not run no memory goes. */
export function moveCost(
  machine: MachineReading,
  {
    kind,
    withDisks,
    speed = USUAL_SPEED,
  }: { kind: 'live' | 'cold' | 'storage'; withDisks: boolean; speed?: number | undefined },
): { readonly bytes: number; readonly ms: number } {
  const files = kind === 'storage' ? fileBytes : localBytes;
  const memory = kind === 'live' ? machine.memory.assigned * (1 + USUAL_DIRTY_FACTOR) : 0;
  const bytes = Math.round(memory + (withDisks ? files(machine) : 0));
  return { bytes, ms: Math.round(bytes / speed) };
}

import type { FabricMachine } from './model';

const HOUR_MS = 3600_000;

/** How long a machine's work takes to rise and fall once: each has one of these. All of them go into a day, so a new fabric begins in the middle. */
const PERIODS_MS = [1, 1.5, 2, 3, 4].map((hours) => hours * HOUR_MS);

/** Of what is usual, how much more and less there is at most. */
const SWING = { load: 0.4, memory: 0.15 };

/** What a machine asks for at a time: its processors (0 to 1) and memory (bytes), as usual when it starts, then up and down with its uptime. */
export function demandAt(machine: FabricMachine, now: number): { load: number; memoryBytes: number } {
  const { load, memory, startedAt } = machine;
  const wave = Math.sin((2 * Math.PI * (now - startedAt)) / periodOf(machine));
  const memoryBytes = Math.min(memory.demandBytes * (1 + SWING.memory * wave), memory.assignedBytes);
  return { load: Math.min(1, load * (1 + SWING.load * wave)), memoryBytes: Math.round(memoryBytes) };
}

function periodOf({ id }: FabricMachine): number {
  const sum = Buffer.from(id).reduce((total, byte) => total + byte, 0);
  return PERIODS_MS[sum % PERIODS_MS.length] ?? HOUR_MS;
}

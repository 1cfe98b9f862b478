import { z } from 'zod';
import type { HostPulse } from '../../core/hyperv-port';

/** What the module's `Pulse` answers. */
const PulseAnswer = z.object({
  build: z.int(),
  bootedAt: z.number(),
  management: z.boolean(),
  listens: z.boolean(),
});

/** Reads the answer of `Pulse`; null when it is none. */
export function readPulse(data: unknown): HostPulse | null {
  const read = PulseAnswer.safeParse(data);
  if (!read.success) return null;
  const { management, ...rest } = read.data;
  return { ...rest, hasManagement: management };
}

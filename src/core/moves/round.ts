import { z } from 'zod';

const Host = z.string().max(200);
const Millis = z.number().int();
const Count = z.number().int().nonnegative();

/** A host as its pulse was felt. */
const Felt = z.strictObject({ host: Host, bootedAt: Millis, build: z.number().int() });

/**
 * Hosts that are emptied together, opened, and filled again. `next`: not begun. `away`: their machines leave. `service`: they are empty, and
 * people work on them. `back`: they are up and well, and their machines return. `over`: all have returned.
 */
export const Round = z.strictObject({
  hosts: z.array(Host).min(1).max(256),
  leg: z.enum(['next', 'away', 'service', 'back', 'over']),
  begunAt: Millis.nullable(),
  /** When they were seen to be empty. */
  emptiedAt: Millis.nullable(),
  /** As they were then: what they are told from when they come up again. */
  before: z.array(Felt),
  /** Those that have come up again: since when, and since when they are well; null: they are not. By the worker's clock. */
  up: z.array(Felt.extend({ upAt: Millis, wellAt: Millis.nullable() })),
  backAt: Millis.nullable(),
  /** How many machines have left, and how many of them have returned. */
  away: Count,
  returned: Count,
});
export type Round = z.infer<typeof Round>;
export type HostUp = Round['up'][number];

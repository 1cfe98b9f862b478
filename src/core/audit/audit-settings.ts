import { z } from 'zod';

/** How the audit is kept. */
export const AuditSettings = z.strictObject({
  /** A folder on the disk of the conducting worker's host, for a copy of everything; null: none, and then nothing is ever archived. */
  mirrorDirectory: z.string().min(1).nullable().default(null),
  /** How often new records are sealed, in seconds. */
  sealSeconds: z.number().int().positive().default(60),
  /** How often the newest seal is posted while there is anything new, in hours. */
  anchorHours: z.number().int().positive().default(24),
  /** How long after its end a request is moved out of Redis, in days; a part of a day is understood. */
  archiveDays: z.number().positive().default(90),
});
export type AuditSettings = z.infer<typeof AuditSettings>;

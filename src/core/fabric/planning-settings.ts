import { z } from 'zod';

/** How much of a machine's memory crosses again, where nobody says otherwise. */
export const USUAL_DIRTY_FACTOR = 0.3;

/** What a host moves over its link, in megabits per second, where nobody says otherwise; and one of them in bytes per millisecond. */
export const USUAL_MEGABITS = 1_000;
export const MEGABIT_PER_SECOND = 125;

const Percent = z.number().min(0).max(90);

/** What plans of moves reckon with: the part `planning` of `handover.yaml`. */
export const PlanningSettings = z.strictObject({
  /** Of a host's memory so much stays free: the greater of both. */
  reserveMegabytes: z.int().nonnegative().default(2_048),
  reservePercent: Percent.default(5),
  /** Of a disk on which machines are kept so much stays free. */
  diskReservePercent: Percent.default(5),
  /** Up to this a host's processors may be busy. */
  mostProcessorPercent: z.number().min(10).max(100).default(100),
  /** What a host moves over its link until that was measured. */
  megabitsPerSecond: z.number().positive().default(USUAL_MEGABITS),
  /** How much of a machine's memory crosses again because it changes meanwhile: 0.3 for three tenths. */
  dirtyFactor: z.number().min(0).max(10).default(USUAL_DIRTY_FACTOR),
  /** Machines are evened out only where the busiest and the idlest host are further apart, in percent. */
  imbalancePercent: z.number().min(1).max(100).default(20),
  /** For how long that has to be so, by the averages, in minutes. */
  holdMinutes: z.int().positive().default(15),
  /** What each single move has to gain, in percent of a host. */
  gainPercent: z.number().min(0.1).max(100).default(1),
});
export type PlanningSettings = z.infer<typeof PlanningSettings>;

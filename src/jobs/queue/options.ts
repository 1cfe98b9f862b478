import type { Role } from '../../core/ports';

/** BullMQ's times; tests shorten them. */
export interface QueueTimes {
  /** A job whose worker shows no life for so many milliseconds is taken for stalled. */
  readonly lockMs: number;
  /** How often stalled jobs are looked for, in milliseconds. */
  readonly stalledMs: number;
  /** How often a job may stall; after that it is removed, and the sweeper asks again. */
  readonly maxStalls: number;
}

/** What the queue is opened with. */
export interface QueueOptions {
  readonly url: string;
  /** A hash tag such as `{handover}`. */
  readonly prefix: string;
  readonly times?: Partial<QueueTimes>;
  /** Errors of connections, of jobs that failed and of questions that could not be answered; never thrown. */
  readonly onError?: (error: Error) => void;
  /** A job or question that is none of ours. It has been removed; nothing was done for it. */
  readonly onMalformed?: (job: { role: Role; jobId: string }) => Promise<void>;
}

/** A worker killed in the middle of a job: somebody else has it after 5 to 7 seconds. */
export const TIMING: QueueTimes = { lockMs: 5_000, stalledMs: 2_000, maxStalls: 3 };

/** How many jobs of a role one worker runs at once. */
export const CONCURRENCY: Readonly<Record<Role, number>> = {
  conduct: 8,
  directory: 4,
  hyperv: 4,
  reports: 8,
};

export const ROLES: readonly Role[] = ['conduct', 'directory', 'hyperv', 'reports'];

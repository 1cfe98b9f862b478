import type { Role } from '../../core/ports';

/** BullMQ's times in milliseconds; tests shorten them. */
export interface QueueTimes {
  /** A job whose worker shows no life this long is taken for stalled. */
  readonly lockMs: number;
  readonly stalledMs: number;
}

/** What the queue is opened with. */
export interface QueueOptions {
  readonly url: string;
  /** A hash tag such as `{handover}`. */
  readonly prefix: string;
  readonly times?: Partial<QueueTimes>;
  /** Errors of connections and of jobs that failed; never thrown. */
  readonly onError?: (error: Error) => void;
  /** A job that is none of ours. It has been removed; nothing was done for it. */
  readonly onMalformed?: (job: { role: Role; jobId: string }) => Promise<void>;
}

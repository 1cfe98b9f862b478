import { Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { CONCURRENCY, TIMING } from '../../src/jobs/queue/options';
import { serveParent } from '../child';
import type { Course } from './course';

export type HopRole = Course['hops'][number];

/** What a process of the chain is opened with. */
export interface HopStart {
  readonly url: string;
  readonly prefix: string;
  readonly role: HopRole;
  readonly course: readonly HopRole[];
}

const ENDS_REMOVED = { removeOnComplete: true, removeOnFail: true };
/** As long as the held job is held, should nobody release it; milliseconds. */
const HELD_MS = 3_600_000;

const lines = new Map<HopRole, Queue>();
let hops: readonly HopRole[] = [];
let arrived: (() => void) | undefined;

/** Does for each job what a program of Handover does around its own work: takes it, puts the next one, completes it. */
serveParent({
  async open(input) {
    // SAFETY: `startHops` of the same program asks in this shape.
    const { url, prefix, role, course } = input as HopStart;
    hops = course;
    const connection = new Redis(url);
    for (const name of new Set(course)) lines.set(name, new Queue(name, { prefix, connection }));
    const worker = new Worker(role, forward, {
      prefix,
      connection: new Redis(url, { maxRetriesPerRequest: null }),
      concurrency: CONCURRENCY[role],
      lockDuration: TIMING.lockMs,
      stalledInterval: TIMING.stalledMs,
      maxStalledCount: TIMING.maxStalls,
      drainDelay: 1,
    });
    await worker.waitUntilReady();
  },
  /** The held job that the click will release. */
  hold: (id) => put(0, String(id), HELD_MS),
  /** Releases it as `bullmq-queue.ts` does, and waits until the last hop has come back here. Gives milliseconds. */
  async release(id) {
    const back = new Promise<void>((resolve) => (arrived = resolve));
    const startedAt = performance.now();
    const job = await lines.get(hops[0] ?? 'conduct')?.getJob(idOf(String(id), 0));
    await job?.getState();
    await job?.promote();
    await back;
    return performance.now() - startedAt;
  },
});

async function forward({ id = '' }: Job): Promise<void> {
  const [request = '', step = ''] = id.split('-v');
  const next = Number.parseInt(step, 10) + 1;
  if (next < hops.length) await put(next, request);
  else arrived?.();
}

async function put(step: number, request: string, delay = 0): Promise<void> {
  const line = lines.get(hops[step] ?? 'conduct');
  // The product's jobs carry the id of a request, 32 characters.
  await line?.add(
    'request',
    { request: request.padEnd(32, '0') },
    { ...ENDS_REMOVED, delay, jobId: idOf(request, step) },
  );
}

/** As long as the product's ids: `R-1001-v3-directory`. */
function idOf(request: string, step: number): string {
  return `${request}-v${step}-${hops[step]}`;
}

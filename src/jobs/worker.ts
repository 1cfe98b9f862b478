import type { Clock, Handled, Job, Ledger, Queue, Random } from '../core/ports';
import type { Pace } from '../core/request/next';
import { conduct, sweep } from './roles/conduct';
import { answerDirectory } from './roles/directory/answer-survey';
import type { DirectoryParts } from './roles/directory/parts';
import { serveDirectory } from './roles/directory/role';
import { answerHyperV } from './roles/hyperv/answer-hosts';
import type { HostEffectorParts } from './roles/hyperv/parts';
import { serveHosts } from './roles/hyperv/serve';
import { sampleUntil } from './roles/hyperv/sample-load';

/** What a worker reports of itself; texts are constant, what varies is in the fields. */
export interface WorkerLog {
  info(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** A running worker. `stop` waits for the jobs in flight. */
export interface Worker {
  stop(): Promise<void>;
}

interface WorkerParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WorkerLog;
}

const SWEEP_EVERY_MS = 2_000;
const SWEEPER_LEASE_MS = 6_000;

/** Serves the conducting role: its queue, and the sweeper that asks for every open request. One worker sweeps at a time. */
export async function startConduct(parts: WorkerParts & { readonly pace: Pace }): Promise<Worker> {
  const worker = parts.random.hex(4);
  const { ledger, queue, clock, pace } = parts;
  const role = { ledger, queue, clock, worker, pace };
  const consumer = await parts.queue.handle(
    'conduct',
    logged(parts.log, (job) => conduct(role, job)),
  );
  const end = new AbortController();
  const sweeping = sweepUntil(end.signal, parts, role);
  parts.log.info({ role: 'conduct', worker }, 'worker started');
  return {
    async stop() {
      end.abort();
      await sweeping;
      await consumer.stop();
    },
  };
}

/** Serves the directory role: its queue, and questions. */
export async function startDirectory(
  parts: WorkerParts & Pick<DirectoryParts, 'directory' | 'proof' | 'verifier' | 'settings'>,
): Promise<Worker> {
  const worker = parts.random.hex(4);
  const own = { derived: new Map(), wrote: new Set<string>(), down: new Map() };
  const role: DirectoryParts = { ...parts, worker, ...own };
  const consumer = await parts.queue.handle(
    'directory',
    logged(parts.log, (job) => serveDirectory(role, job)),
  );
  const answerer = await parts.queue.answer('directory', (question) => answerDirectory(role, question));
  parts.log.info({ role: 'directory', worker, server: parts.directory.server }, 'worker started');
  return {
    async stop() {
      await answerer.stop();
      await consumer.stop();
    },
  };
}

/** Serves the role hyperv: questions about hosts, and the notes of their load. */
export async function startHyperV(
  parts: WorkerParts & Pick<HostEffectorParts, 'hyperV' | 'planner' | 'settings' | 'verifier' | 'rules'>,
): Promise<Worker> {
  const worker = parts.random.hex(4);
  const role: HostEffectorParts = { ...parts, worker, wrote: new Set<string>(), tried: new Map() };
  const consumer = await parts.queue.handle(
    'hyperv',
    logged(parts.log, (job) => serveHosts(role, job)),
  );
  const answerer = await parts.queue.answer('hyperv', (question) => answerHyperV(role, question));
  const end = new AbortController();
  const sampling = sampleUntil(end.signal, role, (error) =>
    parts.log.error({ err: error, role: 'hyperv' }, 'load not noted'),
  );
  parts.log.info({ role: 'hyperv', worker, hosts: parts.settings.hosts.length }, 'worker started');
  return {
    async stop() {
      end.abort();
      await answerer.stop();
      await consumer.stop();
      await sampling;
    },
  };
}

async function sweepUntil(
  signal: AbortSignal,
  { clock, log }: WorkerParts,
  role: Parameters<typeof sweep>[0],
): Promise<void> {
  let next = 0;
  while (!signal.aborted) {
    try {
      const lease = await role.ledger.takeLease('sweeper', role.worker, SWEEPER_LEASE_MS);
      if (lease)
        next = await sweep(
          role,
          (error) => log.error({ err: error, role: 'conduct' }, 'request not driven'),
          next,
        );
    } catch (error) {
      log.error({ err: error, role: 'conduct' }, 'sweep failed');
    }
    await clock.wait(SWEEP_EVERY_MS, signal);
  }
}

function logged(log: WorkerLog, handler: (job: Job) => Promise<Handled>): (job: Job) => Promise<Handled> {
  return async (job) => {
    try {
      return await handler(job);
    } catch (error) {
      log.error({ err: error, job: job.id, request: job.request }, 'job failed');
      throw error;
    }
  };
}

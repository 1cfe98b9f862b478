import { Redis } from 'ioredis';
import { waitFor } from '../../lab/wait-for';
import type { Job, Ledger, Queue } from '../../src/core/ports';
import { brokenLink } from '../../src/core/request/audit';
import { heldJobId, type RequestRecord } from '../../src/core/request/record';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { openBullQueue } from '../../src/jobs/queue/bullmq-queue';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { memoryClock } from '../support/memory-clock';
import { testRedis } from '../support/redis';
import { approvedRecord, intake, NOW, planOf, signed } from '../support/request-record';

interface Stores {
  readonly ledger: Ledger;
  readonly queue: Queue;
  now: () => number;
  pass: (ms: number) => Promise<void>;
  loseLock: (jobId: string) => Promise<void>;
  close: () => Promise<void>;
}

const stores: Record<string, () => Promise<Stores>> = {
  async 'Redis and BullMQ'() {
    const redis = testRedis();
    const thief = new Redis(redis.url);
    const ledger = await openRedisLedger(redis);
    const queue = await openBullQueue({ ...redis, times: { lockMs: 2_000, stalledMs: 150 } });
    return {
      ledger,
      queue,
      now: () => systemClock.now(),
      pass: (ms) => systemClock.wait(ms),
      async loseLock(jobId) {
        await thief.del(`${redis.prefix}:conduct:${jobId}:lock`);
      },
      async close() {
        thief.disconnect();
        await Promise.all([ledger.close(), queue.close()]);
      },
    };
  },
  async memory() {
    const clock = memoryClock();
    const queue = openMemoryQueue(clock);
    return {
      ledger: openMemoryLedger(clock),
      queue,
      now: () => clock.now(),
      pass: clock.pass,
      loseLock: async (jobId) => queue.loseLock('conduct', jobId),
      close: () => queue.close(),
    };
  },
};

const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
const HOUR_MS = 3_600_000;

/*
 * A request's life touches the two stores in turn, and a process may die between any two touches: what comes after in the same
 * line is then never done. Each test does the first half and shows that what is left tells what to do.
 */
describe.each(Object.entries(stores))('a crash, on %s', (_, open) => {
  let under: Stores;
  let ledger: Ledger;
  let queue: Queue;
  beforeAll(async () => {
    under = await open();
    ({ ledger, queue } = under);
  });
  afterAll(() => under.close());

  let counter = 0;
  async function recorded(): Promise<RequestRecord> {
    const statement = intake({ id: (counter += 1).toString(16).padStart(32, '0') });
    const options = { key: statement.id, card: { channel: 'C1' } };
    return (await ledger.recordIntake(signed(statement), options)).record;
  }
  async function commit(
    seen: RequestRecord,
    change: Parameters<Ledger['commit']>[1],
  ): Promise<RequestRecord> {
    const committed = await ledger.commit(seen, change, entry);
    if (!committed) throw new Error('somebody else was first');
    return committed;
  }
  async function waiting(): Promise<RequestRecord> {
    const made = await recorded();
    const plan = planOf(made.intake.statement);
    return commit(made, { state: 'waiting', plan, attempt: 1 });
  }
  const jobOf = (record: RequestRecord): Job => ({ id: heldJobId(record), request: record.id });
  const until = (what: string, holds: () => Promise<boolean>) =>
    waitFor(what, async () => {
      await under.pass(25);
      return (await holds()) ? true : undefined;
    });

  it('between record and job leaves an open request without a job', async () => {
    const made = await recorded();
    expect(await ledger.openRequests()).toContain(made.id);
    expect(await queue.look('conduct', `${made.label}-v0-conduct`)).toBe('missing');
    const again = { key: made.id, card: { channel: 'C1' } };
    expect((await ledger.recordIntake(made.intake, again)).isNew).toBe(false);
  });

  it('between plan and hold leaves a waiting request whose job is missing; its next attempt gets one', async () => {
    const seen = await waiting();
    expect(await queue.look('conduct', heldJobId(seen))).toBe('missing');
    const next = await commit(seen, { attempt: seen.attempt + 1 });
    await queue.hold('conduct', jobOf(next), under.now() + HOUR_MS);
    expect(await queue.look('conduct', heldJobId(next))).toBe('held');
    expect(await queue.look('conduct', heldJobId(seen))).toBe('missing');
    await queue.remove('conduct', heldJobId(next));
  });

  it('between decision and release leaves an approved request whose job is held', async () => {
    const seen = await waiting();
    await queue.hold('conduct', jobOf(seen), under.now() + HOUR_MS);
    const approved = await commit(seen, { state: 'approved', decisions: approvedRecord().decisions });
    // The decision that came second finds the state changed, whatever the queue says.
    expect(await ledger.commit(seen, { state: 'denied' }, entry)).toBeNull();
    expect(await queue.look('conduct', heldJobId(approved))).toBe('held');
    expect(await queue.release('conduct', heldJobId(approved))).toBe('released');
    await queue.remove('conduct', heldJobId(approved));
  });

  it('in the middle of a job has it run again; what stands in the ledger is not done twice', async () => {
    const seen = await waiting();
    const states: string[] = [];
    let isFirst = true;
    let release: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => {
      release = resolve;
    });
    const consumer = await queue.handle('conduct', async ({ request }) => {
      const record = await ledger.read(request);
      states.push(record?.state ?? 'none');
      if (record?.state === 'waiting') {
        await ledger.commit(record, { state: 'expired', ending: { problem: null, at: NOW } }, entry);
      }
      const wasFirst = isFirst;
      isFirst = false;
      // The first worker stops just after its commit and never says that the job is over in time.
      if (wasFirst) await paused;
      return { kind: 'over' };
    });
    await queue.hold('conduct', jobOf(seen), under.now() + 50);
    await until('the commit', async () => (await ledger.read(seen.id))?.state === 'expired');
    await under.loseLock(heldJobId(seen));
    await until('the second run', async () => states.length === 2);
    release();
    await until(
      'the job to be gone',
      async () => (await queue.look('conduct', heldJobId(seen))) === 'missing',
    );
    await consumer.stop();
    expect(states).toEqual(['waiting', 'expired']);
    const chain = await ledger.audit(seen.id);
    expect([chain.length, brokenLink(chain)]).toEqual([3, null]);
  });

  it('between outcome and report leaves an ended request that is unreported', async () => {
    const seen = await waiting();
    const over = await commit(seen, { state: 'expired', ending: { problem: null, at: NOW } });
    expect(await ledger.openRequests()).not.toContain(seen.id);
    expect(await ledger.unreported()).toContain(seen.id);
    // Posted, and dead before it was marked: what was delivered tells, and the mark is still there.
    await ledger.setDelivered(seen.id, 'outcome', { channel: 'C1', ts: null, digest: '' });
    expect((await ledger.delivered(seen.id)).get('outcome')?.ts).toBeNull();
    expect(await ledger.unreported()).toContain(seen.id);
    await ledger.markReported(seen.id, over.rev);
    expect(await ledger.unreported()).not.toContain(seen.id);
  });

  it('of a deliverer leaves a lease that ends by itself, and who comes back late has lost it', async () => {
    const first = await ledger.takeLease('report-x', 'bot-1', 200);
    expect(await ledger.takeLease('report-x', 'bot-2', 200)).toBeNull();
    await until(
      'the lease to end',
      async () => (await ledger.takeLease('report-x', 'bot-2', 5_000)) !== null,
    );
    expect(first && (await ledger.renewLease(first, 5_000))).toBe(false);
  });
});

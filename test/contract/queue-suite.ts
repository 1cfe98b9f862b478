import { waitFor } from '../../lab/wait-for';
import type { Handled, Job, Queue } from '../../src/core/ports';

/** A queue under test, with room for more connections to the same one. */
export interface QueueUnderTest {
  readonly queue: Queue;
  /** Another connection to the same queue, as another process has it. */
  readonly other: Queue;
  now: () => number;
  /** Lets this much time pass, and what is due run. */
  pass: (ms: number) => Promise<void>;
  /** As when the worker of a running job shows no life any more. */
  loseLock: (jobId: string) => Promise<void>;
  close: () => Promise<void>;
}

const over: Handled = { kind: 'over' };
const HOUR_MS = 3_600_000;

let counter = 1000;
const newJob = (): Job => ({ id: `R-${(counter += 1)}-v1-conduct`, request: counter.toString(16) });

/** A promise and what settles it. */
function gate(): { passed: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** What every queue does. Two consumers serve `conduct` through two connections and note what ran; each test has job ids of its own. */
export function queueSuite(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`the queue on ${name}`, () => {
    let under: QueueUnderTest;
    let queue: Queue;
    const consumers: { stop(): Promise<void> }[] = [];
    const ran: string[] = [];
    const plans = new Map<string, (run: number) => Promise<Handled>>();

    const runs = (id: string) => ran.filter((each) => each === id).length;
    const handler = async ({ id }: Job): Promise<Handled> => {
      ran.push(id);
      return (await plans.get(id)?.(runs(id))) ?? over;
    };
    const until = (what: string, holds: () => boolean | Promise<boolean>) =>
      waitFor(what, async () => {
        await under.pass(25);
        return (await holds()) ? true : undefined;
      });
    const hasRun = (id: string, times = 1) => until(`${id} to run ${times} times`, () => runs(id) >= times);
    const isSeen = (id: string, state: Awaited<ReturnType<Queue['look']>>) =>
      until(`${id} to be ${state}`, async () => (await queue.look('conduct', id)) === state);

    beforeAll(async () => {
      under = await open();
      ({ queue } = under);
      consumers.push(await queue.handle('conduct', handler), await under.other.handle('conduct', handler));
    });
    afterAll(async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await under.close();
    });

    it('tells how many jobs of a role are held', async () => {
      const before = await queue.depth('conduct');
      const [one, two] = [newJob(), newJob()];
      await queue.hold('conduct', one, under.now() + HOUR_MS);
      await queue.hold('conduct', two, under.now() + HOUR_MS);
      expect(await under.other.depth('conduct')).toEqual({ ...before, held: before.held + 2 });
      await queue.remove('conduct', one.id);
      await queue.remove('conduct', two.id);
      expect(await queue.depth('conduct')).toEqual(before);
    });

    it('tells how many jobs of a role wait and run', async () => {
      const busy = gate();
      const [job] = [newJob()];
      plans.set(job.id, async () => {
        await busy.passed;
        return over;
      });
      await queue.put('conduct', job);
      await isSeen(job.id, 'running');
      expect((await queue.depth('conduct')).running).toBe(1);
      await queue.put('reports', job);
      expect(await queue.depth('reports')).toEqual({ queued: 1, running: 0, held: 0 });
      await queue.remove('reports', job.id);
      busy.open();
      await isSeen(job.id, 'missing');
    });

    describe('a job', () => {
      it('runs once, with what it carries, and is forgotten', async () => {
        const job = newJob();
        const seen: Job[] = [];
        const consumer = await queue.handle('reports', async (got) => {
          seen.push(got);
          return over;
        });
        await queue.put('reports', job);
        await until('it to have run', () => seen.length > 0);
        await until('it to be gone', async () => (await queue.look('reports', job.id)) === 'missing');
        await consumer.stop();
        expect(seen).toEqual([job]);
      });

      it('that was never put, or whose putting was lost in a crash, is missing', async () => {
        expect(await queue.look('conduct', newJob().id)).toBe('missing');
        expect(await queue.release('conduct', newJob().id)).toBe('missing');
        await queue.remove('conduct', newJob().id);
      });

      it('that is put fifty times while it is there runs once', async () => {
        const job = newJob();
        const { passed, open } = gate();
        plans.set(job.id, () => passed.then(() => over));
        await Promise.all(
          Array.from({ length: 50 }, (_, at) => (at % 2 ? queue : under.other).put('conduct', job)),
        );
        await hasRun(job.id);
        await queue.put('conduct', job);
        expect(await queue.look('conduct', job.id)).toBe('running');
        open();
        await isSeen(job.id, 'missing');
        expect(runs(job.id)).toBe(1);
      });

      it('can be asked for again once it has ended', async () => {
        const job = newJob();
        await queue.put('conduct', job);
        await hasRun(job.id);
        await isSeen(job.id, 'missing');
        await queue.put('conduct', job);
        await hasRun(job.id, 2);
      });

      it('whose handler throws has ended, so that it can be asked for again', async () => {
        const job = newJob();
        plans.set(job.id, (run) => (run === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(over)));
        await queue.put('conduct', job);
        await hasRun(job.id);
        await isSeen(job.id, 'missing');
        await queue.put('conduct', job);
        await hasRun(job.id, 2);
        await isSeen(job.id, 'missing');
        expect(runs(job.id)).toBe(2);
      });

      it('waits until somebody serves its role', async () => {
        const job = newJob();
        await queue.put('directory', job);
        await under.pass(20);
        expect(await queue.look('directory', job.id)).toBe('queued');
        expect(await queue.release('directory', job.id)).toBe('running');
        const seen: string[] = [];
        const consumer = await under.other.handle('directory', async ({ id }) => {
          seen.push(id);
          return over;
        });
        await until('it to have run', () => seen.length > 0);
        await consumer.stop();
        expect(seen).toEqual([job.id]);
      });

      it('is removed while it waits, and left alone while it runs', async () => {
        const [held, running] = [newJob(), newJob()];
        await queue.hold('conduct', held, under.now() + HOUR_MS);
        await queue.remove('conduct', held.id);
        expect(await queue.look('conduct', held.id)).toBe('missing');
        const { passed, open } = gate();
        plans.set(running.id, () => passed.then(() => over));
        await queue.put('conduct', running);
        await hasRun(running.id);
        await queue.remove('conduct', running.id);
        expect(await queue.look('conduct', running.id)).toBe('running');
        open();
        await isSeen(running.id, 'missing');
        await under.pass(1);
        expect(runs(held.id)).toBe(0);
      });
    });

    describe('a held job', () => {
      it('runs when it is released, at once', async () => {
        const job = newJob();
        await queue.hold('conduct', job, under.now() + HOUR_MS);
        await under.pass(20);
        expect([await queue.look('conduct', job.id), runs(job.id)]).toEqual(['held', 0]);
        expect(await under.other.release('conduct', job.id)).toBe('released');
        await hasRun(job.id);
        await isSeen(job.id, 'missing');
        expect(await queue.release('conduct', job.id)).toBe('missing');
      });

      it('stays held when it is put or held again', async () => {
        const job = newJob();
        await queue.hold('conduct', job, under.now() + HOUR_MS);
        await queue.hold('conduct', job, under.now());
        await under.other.put('conduct', job);
        await under.pass(20);
        expect([await queue.look('conduct', job.id), runs(job.id)]).toEqual(['held', 0]);
        await queue.remove('conduct', job.id);
      });

      it('runs by itself when its time has come', async () => {
        const job = newJob();
        const due = under.now() + 200;
        await queue.hold('conduct', job, due);
        await under.pass(100);
        expect(runs(job.id)).toBe(0);
        await hasRun(job.id);
        expect(under.now()).toBeGreaterThanOrEqual(due - 1);
        await isSeen(job.id, 'missing');
      });

      it('runs at once when its time is past', async () => {
        const job = newJob();
        await queue.hold('conduct', job, under.now() - 1_000);
        await hasRun(job.id);
      });

      it('runs once when many release it at the same time', async () => {
        const job = newJob();
        await queue.hold('conduct', job, under.now() + HOUR_MS);
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, at) => (at % 2 ? queue : under.other).release('conduct', job.id)),
        );
        await isSeen(job.id, 'missing');
        expect(answers.filter((answer) => answer === 'released')).toHaveLength(1);
        expect(runs(job.id)).toBe(1);
      });

      it('runs once when it is released as its time comes', async () => {
        for (let round = 0; round < 10; round += 1) {
          const job = newJob();
          await queue.hold('conduct', job, under.now() + 5);
          await Promise.all([under.pass(5), under.other.release('conduct', job.id)]);
          await hasRun(job.id);
          await isSeen(job.id, 'missing');
          expect(runs(job.id)).toBe(1);
        }
      });

      it('says that it runs when it is released while it runs, and may be held again by its handler', async () => {
        const job = newJob();
        const { passed, open } = gate();
        const again = under.now() + HOUR_MS;
        plans.set(job.id, (run) =>
          run === 1 ? passed.then(() => ({ kind: 'hold', until: again })) : Promise.resolve(over),
        );
        await queue.hold('conduct', job, under.now() + HOUR_MS);
        await queue.release('conduct', job.id);
        await hasRun(job.id);
        expect(await queue.release('conduct', job.id)).toBe('running');
        open();
        await isSeen(job.id, 'held');
        expect(await queue.release('conduct', job.id)).toBe('released');
        await hasRun(job.id, 2);
        await isSeen(job.id, 'missing');
        expect(runs(job.id)).toBe(2);
      });

      it('fires again and again while its handler holds it for a moment', async () => {
        const job = newJob();
        plans.set(job.id, (run) =>
          Promise.resolve(run < 4 ? { kind: 'hold', until: under.now() + 10 } : over),
        );
        await queue.put('conduct', job);
        await hasRun(job.id, 4);
        await isSeen(job.id, 'missing');
        expect(runs(job.id)).toBe(4);
      });
    });

    describe('a worker that is blocked past its lock', () => {
      it('loses its job to another, and what it says of it no longer counts', async () => {
        const job = newJob();
        const [first, second] = [gate(), gate()];
        plans.set(job.id, (run) =>
          run === 1
            ? first.passed.then(() => ({ kind: 'hold', until: under.now() + HOUR_MS }))
            : second.passed.then(() => over),
        );
        await queue.put('conduct', job);
        await hasRun(job.id);
        await under.loseLock(job.id);
        await hasRun(job.id, 2);
        first.open();
        await under.pass(100);
        expect(await queue.look('conduct', job.id)).toBe('running');
        second.open();
        await isSeen(job.id, 'missing');
        expect(runs(job.id)).toBe(2);
      });

      it('loses it for good when that happens again and again; then it can be asked for anew', async () => {
        const job = newJob();
        const ends = gate();
        plans.set(job.id, () => ends.passed.then(() => over));
        await queue.put('conduct', job);
        for (let stall = 1; stall <= 3; stall += 1) {
          await hasRun(job.id, stall);
          await under.loseLock(job.id);
        }
        await hasRun(job.id, 4);
        await under.loseLock(job.id);
        await isSeen(job.id, 'missing');
        ends.open();
        await queue.put('conduct', job);
        await hasRun(job.id, 5);
        await isSeen(job.id, 'missing');
        expect(runs(job.id)).toBe(5);
      });
    });

    describe('a consumer', () => {
      it('shares the jobs with others, each job for one of them', async () => {
        const jobs = Array.from({ length: 40 }, newJob);
        await Promise.all(jobs.map((job) => queue.put('conduct', job)));
        for (const job of jobs) await isSeen(job.id, 'missing');
        expect(jobs.map((job) => runs(job.id))).toEqual(jobs.map(() => 1));
      });

      it('of the directory runs at most four at once', async () => {
        const jobs = Array.from({ length: 9 }, newJob);
        const ends = gate();
        const started: string[] = [];
        const consumer = await queue.handle('directory', async ({ id }) => {
          started.push(id);
          await ends.passed;
          return over;
        });
        await Promise.all(jobs.map((job) => queue.put('directory', job)));
        await until('four to run', () => started.length >= 4);
        await under.pass(50);
        expect(started).toHaveLength(4);
        ends.open();
        await until('all to have run', () => started.length === 9);
        await consumer.stop();
      });

      it('that is stopped ends what it runs and takes nothing more', async () => {
        const [running, next] = [newJob(), newJob()];
        const ends = gate();
        const started: string[] = [];
        let isStopped = false;
        const consumer = await queue.handle('directory', async ({ id }) => {
          started.push(id);
          await ends.passed;
          return over;
        });
        await queue.put('directory', running);
        await until('it to run', () => started.length > 0);
        const stopped = consumer.stop().then(() => {
          isStopped = true;
        });
        // A job that comes while the stopping begins may still be taken, and is waited for.
        await under.pass(50);
        await queue.put('directory', next);
        await under.pass(50);
        expect([isStopped, started]).toEqual([false, [running.id]]);
        ends.open();
        await stopped;
        expect(await queue.look('directory', running.id)).toBe('missing');
        expect(await queue.look('directory', next.id)).toBe('queued');
        await queue.remove('directory', next.id);
        expect(started).toEqual([running.id]);
      });
    });

    describe('a question', () => {
      const noAnswer = { name: 'Fault', code: 'queue.no-answer', retry: 'later' };

      /** What came of a question, time passing. */
      async function outcome(asked: Promise<unknown>): Promise<{ answer?: unknown; error?: unknown }> {
        let result: { answer?: unknown; error?: unknown } | undefined;
        const settled = asked.then(
          (answer: unknown) => (result = { answer }),
          (error: unknown) => (result = { error }),
        );
        await until('an answer', () => result !== undefined);
        return settled;
      }

      it('is not heard when nobody answers in time, not even later', async () => {
        const start = under.now();
        const { error } = await outcome(queue.ask('directory', { late: true }, 300));
        expect(error).toMatchObject(noAnswer);
        expect(under.now() - start).toBeGreaterThanOrEqual(290);
        expect(under.now() - start).toBeLessThan(900);
        const heard: unknown[] = [];
        const answerer = await under.other.answer('directory', async (question) => {
          heard.push(question);
          return null;
        });
        await outcome(queue.ask('directory', 'in time', 3_000));
        await answerer.stop();
        expect(heard).toEqual(['in time']);
      });

      it('is answered by whoever comes before its deadline', async () => {
        const asked = outcome(queue.ask('conduct', 1, 4_000));
        const answerer = await under.other.answer('conduct', async (question) => Number(question) + 1);
        expect(await asked).toEqual({ answer: 2 });
        await answerer.stop();
      });

      it('and its answer are plain values on both sides', async () => {
        const answerer = await under.other.answer('directory', async (question) => {
          Object.assign(question as object, { edited: true });
          return question;
        });
        const question = { list: [1, null, 'ä'], gone: undefined };
        expect(await outcome(queue.ask('directory', question, 3_000))).toEqual({
          answer: { list: [1, null, 'ä'], edited: true },
        });
        expect(question).toEqual({ list: [1, null, 'ä'], gone: undefined });
        await answerer.stop();
        const mute = await under.other.answer('directory', () => Promise.resolve(undefined));
        expect(await outcome(queue.ask('directory', undefined, 3_000))).toEqual({ answer: null });
        await mute.stop();
      });

      it('fails when its handler throws', async () => {
        const answerer = await under.other.answer('directory', () => Promise.reject(new Error('secret')));
        const { error } = await outcome(queue.ask('directory', 1, 3_000));
        expect(error).toMatchObject({ name: 'Fault', code: 'queue.question-failed', retry: 'later' });
        expect(String(error)).not.toContain('secret');
        await answerer.stop();
      });

      it('has no answer when its handler takes too long', async () => {
        const ends = gate();
        const answerer = await under.other.answer('directory', () => ends.passed);
        expect((await outcome(queue.ask('directory', 1, 200))).error).toMatchObject(noAnswer);
        ends.open();
        await answerer.stop();
      });

      it('gets its own answer among many', async () => {
        const answerer = await under.other.answer('reports', async (question) => Number(question) * 2);
        const asked = Array.from({ length: 30 }, (_, at) => outcome(queue.ask('reports', at, 4_000)));
        expect(await Promise.all(asked)).toEqual(asked.map((_, at) => ({ answer: at * 2 })));
        await answerer.stop();
      });
    });
  });
}

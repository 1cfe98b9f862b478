import { waitFor } from '../../lab/wait-for';
import type { Handled, Job, Queue } from '../../src/core/ports';

/** A queue under test: its present time, and a way to let it do what is due. */
export interface QueueUnderTest {
  readonly queue: Queue;
  now(): number;
  /** Lets this much time pass and what is due run. */
  pass(ms: number): Promise<void>;
}

/** What every queue does. Each test has job ids of its own; one handler per role notes what ran. */
export function queueSuite(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`the queue on ${name}`, () => {
    let under: QueueUnderTest;
    let consumer: { stop(): Promise<void> };
    let counter = 0;
    const ran: string[] = [];
    const answers = new Map<string, () => Promise<Handled>>();
    const job = (): Job => ({ id: `R-${1000 + (counter += 1)}-v1-conduct`, request: 'a'.repeat(32) });
    const over = { kind: 'over' } as const;
    const runs = (id: string) => ran.filter((each) => each === id).length;
    const hasRun = (id: string, times = 1) =>
      waitFor(`${id} to have run ${times} times`, async () => {
        await under.pass(1);
        return runs(id) >= times ? true : undefined;
      });
    const isGone = (id: string) =>
      waitFor(`${id} to be gone`, async () => {
        await under.pass(1);
        return (await under.queue.look('conduct', id)) === 'missing' ? true : undefined;
      });

    beforeAll(async () => {
      under = await open();
      consumer = await under.queue.handle('conduct', async ({ id }) => {
        ran.push(id);
        return (await answers.get(id)?.()) ?? over;
      });
    });
    afterAll(async () => {
      await consumer.stop();
      await under.queue.close();
    });

    it('runs a job, and forgets it', async () => {
      const one = job();
      await under.queue.put('conduct', one);
      await hasRun(one.id);
      await isGone(one.id);
    });

    it('leaves a job alone that is asked for twice while it is there', async () => {
      const one = job();
      await under.queue.hold('conduct', one, under.now() + 60_000);
      await under.queue.hold('conduct', one, under.now() + 60_000);
      await under.queue.put('conduct', one);
      expect([await under.queue.look('conduct', one.id), runs(one.id)]).toEqual(['held', 0]);
      await under.queue.release('conduct', one.id);
      await isGone(one.id);
      expect(runs(one.id)).toBe(1);
    });

    it('can be asked again for a job that has ended', async () => {
      const one = job();
      await under.queue.put('conduct', one);
      await isGone(one.id);
      await under.queue.put('conduct', one);
      await hasRun(one.id, 2);
    });

    it('holds a job until it is released', async () => {
      const one = job();
      await under.queue.hold('conduct', one, under.now() + 60_000);
      expect(await under.queue.look('conduct', one.id)).toBe('held');
      expect(await under.queue.release('conduct', one.id)).toBe('released');
      await hasRun(one.id);
      await isGone(one.id);
      expect(await under.queue.release('conduct', one.id)).toBe('missing');
    });

    it('runs a held job by itself when its time has come', async () => {
      const one = job();
      await under.queue.hold('conduct', one, under.now() + 200);
      await under.pass(250);
      await hasRun(one.id);
    });

    it('holds a job again when its handler wants that', async () => {
      const one = job();
      const again = under.now() + 60_000;
      answers.set(one.id, () => Promise.resolve(runs(one.id) === 1 ? { kind: 'hold', until: again } : over));
      await under.queue.put('conduct', one);
      await hasRun(one.id);
      await waitFor('it to be held', async () =>
        (await under.queue.look('conduct', one.id)) === 'held' ? true : undefined,
      );
      expect(await under.queue.release('conduct', one.id)).toBe('released');
      await hasRun(one.id, 2);
    });

    it('ends a job whose handler throws, so that it can be asked for again', async () => {
      const one = job();
      answers.set(one.id, () => Promise.reject(new Error('broken')));
      await under.queue.put('conduct', one);
      await isGone(one.id);
      expect(runs(one.id)).toBe(1);
    });

    it('removes a held job', async () => {
      const one = job();
      await under.queue.hold('conduct', one, under.now() + 60_000);
      await under.queue.remove('conduct', one.id);
      expect(await under.queue.look('conduct', one.id)).toBe('missing');
    });

    it('answers questions, and says so when nobody does or somebody fails', async () => {
      await expect(under.queue.ask('directory', { a: 1 }, 300)).rejects.toMatchObject({
        code: 'queue.no-answer',
      });
      const asked: unknown[] = [];
      const answerer = await under.queue.answer('directory', (question) => {
        asked.push(question);
        return question === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve({ got: question });
      });
      expect(await under.queue.ask('directory', { b: 2 }, 3_000)).toEqual({ got: { b: 2 } });
      await expect(under.queue.ask('directory', 'bad', 3_000)).rejects.toMatchObject({
        code: 'queue.question-failed',
      });
      await answerer.stop();
      // The question that nobody heard in time was not carried out later.
      expect(asked).toEqual([{ b: 2 }, 'bad']);
    });
  });
}

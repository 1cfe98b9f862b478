import { waitFor } from '../../../lab/wait-for';
import { NOW } from '../../support/request-record';
import { asked, messagesIn, startPractice, textOf, type Practice } from '../support/practice';
import { cardOf, commit, freshPlan, replyKeys, waiting } from '../support/requests';
import type { RequestRecord } from '../../../src/core/request/record';

const ended = { problem: null, at: NOW };

describe('deliveries on a Slack that limits', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice({ pace: 'slack' });
    await practice.lab.rates({ mode: 'slack' });
  });
  afterAll(() => practice.stop());

  const updates = (): number => practice.slack.traffic.entries('chat.update').length;
  const refusals = (): string[] =>
    [...practice.slack.traffic.entries('chat.update'), ...practice.slack.traffic.entries('chat.postMessage')]
      .map(({ result }) => result)
      .filter((result) => result === 'ratelimited');
  const isReported = async ({ id }: RequestRecord): Promise<boolean> =>
    !(await practice.ledger.unreported()).includes(id);

  it('join the edits of a card that nobody waits for, and tell the end at once', async () => {
    const { record, ts } = await waiting(practice);
    await commit(practice, record, { state: 'approved' });
    await practice.report(record.id);
    const before = updates();
    for (const attempt of [1, 2, 3, 4, 5]) {
      await commit(practice, record, {
        state: 'running',
        attempt,
        trouble: { code: 'x', summary: `${attempt}`, remedy: '' },
      });
      await practice.report(record.id);
    }
    expect(updates()).toBe(before);
    expect(await isReported(record)).toBe(false);
    await commit(practice, record, { state: 'stopped', ending: ended });
    const startedAt = performance.now();
    await practice.report(record.id);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(updates()).toBe(before + 1);
    expect(textOf(await cardOf(practice, record))).toContain('was stopped');
    expect(await replyKeys(practice, record, ts)).toContain('outcome');
    expect(await isReported(record)).toBe(true);
  });

  it('tell the last of what was joined by themselves', async () => {
    const { record } = await waiting(practice);
    await commit(practice, record, { state: 'approved' });
    await practice.report(record.id);
    await commit(practice, record, { state: 'running' });
    await practice.report(record.id);
    expect(textOf(await cardOf(practice, record))).toContain('is approved');
    await waitFor(
      'the card to go on',
      async () => textOf(await cardOf(practice, record)).includes('is being carried out') || undefined,
    );
    expect(await isReported(record)).toBe(true);
  });

  it('of twenty requests in one channel at once come one after the other, whole, and Slack refuses none', async () => {
    const text = '/delegate hyper-v01 -> hyper-v02';
    const records = await Promise.all(
      Array.from({ length: 20 }, async () =>
        asked(practice, await practice.lab.command({ user: 'requester', channel: 'hyper-v', text })),
      ),
    );
    for (const record of records) {
      await commit(practice, record, { state: 'waiting', plan: freshPlan(record) });
    }
    await Promise.all(records.map(({ id }) => practice.report(id)));
    await waitFor(
      'all of them to have a card',
      async () => {
        const cards = JSON.stringify(await messagesIn(practice, 'hyper-v'));
        return records.every(({ id }) => cards.includes(id)) || undefined;
      },
      40_000,
    );
    expect(refusals()).toEqual([]);
  });
});

describe('a delivery that Slack refuses for some seconds', () => {
  it('is tried again after that, not before', async () => {
    const practice = await startPractice({ pace: 'slack' });
    try {
      const { record } = await waiting(practice);
      await practice.lab.faults({ kind: 'rate-limit', method: 'chat.update', count: 1, retry_after: 3 });
      await commit(practice, record, { state: 'expired', ending: ended });
      const startedAt = performance.now();
      await practice.report(record.id);
      const tries = (): number => practice.slack.traffic.entries('chat.update').length;
      expect(tries()).toBe(1);
      await waitFor('the report', async () =>
        (await practice.ledger.unreported()).includes(record.id) ? undefined : true,
      );
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2_900);
      expect(tries()).toBe(2);
    } finally {
      await practice.stop();
    }
  });
});

import type { ServerResponse } from 'node:http';
import { waitFor } from '../../../lab/wait-for';
import { createBot } from '../../../src/bot/app';
import { hookCall } from '../../../src/bot/webhook/call';
import { ModeLockError } from '../../../src/core/mode-lock';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { hookSecret as secret, receiver, refuse, take } from '../../support/hook-receiver';
import { NOW } from '../../support/request-record';
import { startPractice, type Practice } from '../support/practice';
import { commit, press, waiting } from '../support/requests';

async function denied(practice: Practice): Promise<{ id: string; label: string }> {
  const { record, ts } = await waiting(practice);
  await press(practice, ts, { user: 'approver', action: 'request.approve' });
  await commit(practice, record, { state: 'failed', ending: { problem: null, at: NOW } });
  await practice.report(record.id);
  return record;
}

const isReported = async ({ ledger }: Practice, id: string): Promise<boolean> =>
  !(await ledger.unreported()).includes(id);

describe('the webhook', () => {
  it('is told every state in its order, signed, with what change management wants to know', async () => {
    const hook = await receiver(take);
    const practice = await startPractice({ webhook: { url: hook.url, secret } });
    try {
      const { id, label } = await denied(practice);
      await waitFor('all events', async () => (await isReported(practice, id)) || undefined);
      const mine = hook.got.filter(({ request }) => request.label === label);
      expect(mine.map(({ event }) => event.state)).toEqual(['planning', 'waiting', 'approved', 'failed']);
      expect(new Set(mine.map(({ event }) => event.id)).size).toBe(4);
      expect(hook.unsigned).toEqual([]);
      const last = mine.at(-1);
      expect(last?.power).toContain('hyper-v01');
      expect(last?.decisions.map(({ by }) => by.user)).toEqual(['U0APPROVER']);
      expect(last?.outcome).toMatchObject({
        state: 'failed',
        lines: ['Nothing was changed in the directory.'],
      });
    } finally {
      await practice.stop();
      await hook.stop();
    }
  });

  it('is told again with the same id after refusals, a hang and an error, in order, also by a bot that is started later', async () => {
    const hanging: ServerResponse[] = [];
    const hook = await receiver((response, call) => {
      if (call === 1) response.destroy();
      else if (call === 2) hanging.push(response);
      else if (call === 3) refuse(response);
      else take(response);
    });
    const practice = await startPractice({ webhook: { url: hook.url, secret } });
    try {
      const { id, label } = await denied(practice);
      await waitFor('the second try', async () => hook.calls() >= 2 || undefined);
      expect(await isReported(practice, id)).toBe(false);
      // Slack does not wait for the webhook.
      expect((await practice.ledger.delivered(id)).get('outcome')?.ts).toBeTruthy();
      await practice.bot.stop();
      const later = createBot(practice.parts);
      await later.start();
      await waitFor('all events', async () => (await isReported(practice, id)) || undefined);
      await later.stop();
      const mine = hook.got.filter(({ request }) => request.label === label);
      const ids = mine.map(({ event }) => event.id);
      expect([...new Set(mine.map(({ event }) => event.state))]).toEqual([
        'planning',
        'waiting',
        'approved',
        'failed',
      ]);
      expect(ids.slice(0, 3)).toEqual([ids[0], ids[0], ids[0]]);
      expect(new Set(ids).size).toBe(4);
    } finally {
      await practice.slack.close();
      await practice.queue.close();
      await hook.stop();
    }
  });

  it('is told once that nobody has decided', async () => {
    const hook = await receiver(take);
    const reminders = { firstSeconds: 1, escalateSeconds: 1, reviewSeconds: 86_400 };
    const practice = await startPractice({ webhook: { url: hook.url, secret }, reminders });
    try {
      const { record } = await waiting(practice);
      await waitFor('the escalation', async () => hook.got.find(({ event }) => event.kind === 'escalation'));
      await practice.report(record.id);
      await waitFor('all events', async () => (await isReported(practice, record.id)) || undefined);
      expect(hook.got.filter(({ event }) => event.kind === 'escalation')).toHaveLength(1);
    } finally {
      await practice.stop();
      await hook.stop();
    }
  });

  it('may only be at a loopback address in lab mode, and is not followed elsewhere', async () => {
    const parts = { mode: 'lab' as const, clock: systemClock };
    expect(() => hookCall({ url: 'https://change.example.com/hook', secret }, parts)).toThrow(ModeLockError);
    const hook = await receiver((response) => {
      response.writeHead(302, { location: 'https://change.example.com/' }).end();
    });
    const call = hookCall({ url: hook.url, secret }, parts);
    expect(await call({ id: 'x', body: '{}' })).toBe(false);
    expect(hook.calls()).toBe(1);
    await hook.stop();
  });
});

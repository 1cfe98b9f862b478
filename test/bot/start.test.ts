import { createBot } from '../../src/bot/app';
import { waitFor } from '../../lab/wait-for';
import { messagesIn, startPractice } from './support/practice';
import { newIntake } from './support/intake';

describe('the bot', () => {
  it('is not made for an address that the mode forbids', async () => {
    const practice = await startPractice({}, { start: false });
    try {
      expect(() => createBot({ ...practice.parts, mode: 'normal' })).toThrow(/slack\.com/);
    } finally {
      await practice.stop();
    }
  });

  it('does not start with the token of another team', async () => {
    const practice = await startPractice({ team: 'T0OTHER' }, { start: false });
    try {
      await expect(practice.bot.start()).rejects.toThrow(
        /token is of team T0PRACTICE .* settings say T0OTHER/,
      );
    } finally {
      await practice.stop();
    }
  });

  it('waits for a Slack that is out, then connects', async () => {
    const practice = await startPractice({}, { start: false });
    try {
      await practice.lab.faults({ kind: 'http-error', method: 'auth.test', count: 2 });
      await practice.lab.faults({
        kind: 'http-error',
        method: 'apps.connections.open',
        count: 1,
        status: 503,
      });
      await practice.bot.start();
      expect(practice.slack.connections.count()).toBe(1);
    } finally {
      await practice.bot.stop();
      await practice.stop();
    }
  });

  it('delivers at its start what an earlier bot left undelivered, and nothing after its end', async () => {
    const practice = await startPractice({}, { start: false });
    try {
      const { id } = await newIntake(practice.ledger);
      await practice.bot.start();
      await waitFor(
        'the card',
        async () => ((await messagesIn(practice, 'hyper-v')).length > 0 ? true : undefined),
        1_500,
      );
      expect(JSON.stringify(await messagesIn(practice, 'hyper-v'))).toContain(id);
      await practice.bot.stop();
      await waitFor(
        'the goodbye',
        () => Promise.resolve(practice.slack.connections.count() === 0 || undefined),
        1_000,
      );
      await newIntake(practice.ledger);
      await practice.queue.settle();
      expect(await messagesIn(practice, 'hyper-v')).toHaveLength(1);
    } finally {
      await practice.stop();
    }
  });

  it('takes commands of its own team and enterprise only', async () => {
    const practice = await startPractice();
    try {
      const guest = practice.slack.workspace.user('guest');
      if (guest) guest.teamId = 'T0STRANGERS';
      const text = '/delegate hyper-v01 -> hyper-v02';
      const answer = await practice.lab.command({ user: 'guest', channel: 'hyper-v', text });
      expect(answer.ack?.['text']).toContain('not a member of the team');
      expect(await practice.ledger.openRequests()).toEqual([]);
    } finally {
      await practice.stop();
    }
  });
});

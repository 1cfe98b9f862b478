import { WebClient } from '@slack/web-api';
import { createMembership } from '../../src/bot/membership';
import { memoryClock } from '../support/memory-clock';

describe('who may act at all', () => {
  it('is told at the next try where Slack was too late for the first', async () => {
    const clock = memoryClock();
    let asked = 0;
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const web = new WebClient('xoxb-test', {
      slackApiUrl: 'http://127.0.0.1:9/',
      fetch: async () => {
        asked += 1;
        await held;
        return Response.json({ ok: true, user: { id: 'U0ASKER', team_id: 'T0HERE' } });
      },
    });
    const membership = createMembership(web, { slack: { team: 'T0HERE' }, clock });
    const first = membership.refuse('U0ASKER').catch(String);
    await clock.pass(800);
    expect(await first).toContain('Slack does not answer the bot.');
    answer();
    await clock.pass(1_000);
    expect(await membership.refuse('U0ASKER')).toBeNull();
    expect(await membership.refuse('U0ASKER')).toBeNull();
    expect(asked).toBe(1);
  });
});

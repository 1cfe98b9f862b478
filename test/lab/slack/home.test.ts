import type { Practice } from './bolt-app';
import { deliveries, startPractice, until } from './bolt-app';
import { listen, seen } from './view-app';

describe('a trigger whose time is over', () => {
  it('opens nothing, and the person is told so by the app', async () => {
    // A life that ended before it began: no test has to wait for it.
    const practice = await startPractice(listen, { times: { triggerLifeMs: -1 } });
    try {
      const late = await practice.lab.command({ user: 'approver', channel: 'hyper-v', text: '/late' });
      expect(late.ack).toEqual({ text: 'expired_trigger_id' });
      expect(await practice.lab.views({ user: 'approver' })).toEqual([]);
    } finally {
      await practice.stop();
    }
  });
});

describe.each(deliveries)('the Home tab over %s', (over) => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(listen, { over });
  });
  afterAll(() => practice.stop());

  it('is published when opened and clicked like a view', async () => {
    seen.splice(0);
    await practice.lab.home({ user: 'requester' });
    await until(() => practice.slack.views.home('U0REQUESTER') !== undefined);
    await practice.lab.home({ user: 'requester' });
    expect(seen).toMatchObject([
      { type: 'app_home_opened', tab: 'home', user: 'U0REQUESTER', channel: 'D0REQUESTER' },
      { type: 'app_home_opened', view: { type: 'home' } },
    ]);
    expect(seen[0]).not.toHaveProperty('view');
    const clicked = await practice.lab.click({ user: 'requester', action_id: 'form.more' });
    expect(clicked.ok).toBe(true);
    expect(seen[2]).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });
    expect(practice.slack.views.home('U0APPROVER')).toBeUndefined();
  });
});

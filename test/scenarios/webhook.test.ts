import { waitFor } from '../../lab/wait-for';
import { ask, press, reaches } from '../support/conversation';
import { hookSecret, receiver, refuse, take, type HookReceiver } from '../support/hook-receiver';
import { startInstance, type Instance } from '../support/instance';

let hook: HookReceiver;
let instance: Instance;
let isBroken = false;
/** The states of all events that were taken: whoever answers 500 has not got them. */
const taken: (string | undefined)[] = [];
beforeAll(async () => {
  hook = await receiver((response) => {
    if (isBroken) return refuse(response);
    taken.push(hook.got.at(-1)?.event.state);
    return take(response);
  });
  instance = await startInstance({
    hosts: ['hv01', 'hv02'].map((name) => ({ name })),
    webhook: { url: hook.url, secret: hookSecret },
  });
});
afterAll(async () => {
  await instance.stop();
  await hook.stop();
});

/** Waits until the receiver was called for this state more often than so many times. */
const toldOf = (state: string, moreThan = 0): Promise<number> =>
  waitFor(
    `the webhook to tell of ${state}`,
    async () => {
      const count = hook.got.filter(({ event }) => event.state === state).length;
      return count > moreThan ? count : undefined;
    },
    30_000,
  );

describe('the webhook, while its receiver is broken and the bot is killed', () => {
  it('tells every state signed and in order, the end too, each with one id however often it is tried', async () => {
    const asked = await ask(instance, `/delegate ${instance.host('hv01')} -> ${instance.host('hv02')} cifs`);
    await reaches(instance, asked, 'waiting');
    await toldOf('waiting');
    isBroken = true;
    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    await toldOf('approved', 1);
    await instance.programs.get('bot')?.kill();
    const done = await reaches(instance, asked, 'done');
    const refused = await toldOf('approved');
    await instance.start('bot');
    await toldOf('approved', refused);
    isBroken = false;
    await waitFor(
      'all to be told',
      async () => !(await instance.ledger.unreported()).includes(asked.id) || undefined,
      30_000,
    );
    expect(hook.unsigned).toEqual([]);
    expect(new Set(hook.got.map(({ request }) => request.label))).toEqual(new Set([asked.label]));
    const events = hook.got.map(({ event }) => event);
    // Told again is told again at once: nothing of what comes later is told before it, and nothing earlier after it.
    const inOrder = events.filter(({ id }, index) => id !== events[index - 1]?.id);
    const passed = done.passed.map(({ state }) => state);
    expect(passed.at(-1)).toBe('done');
    expect(inOrder.map(({ state }) => state)).toEqual(passed);
    expect(taken.filter((state, index) => state !== taken[index - 1])).toEqual(passed);
    expect(hook.got.at(-1)?.outcome?.state).toBe('done');
  });
});

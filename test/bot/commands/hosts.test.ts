import { waitFor } from '../../../lab/wait-for';
import { cordonsToShow } from '../../../src/core/hyperv/cordon';
import { SYSTEM_CHAIN } from '../../../src/core/request/audit';
import { startHyperV, type Worker } from '../../../src/jobs/worker';
import { fabricAt } from '../../support/fabric';
import { planInPlace } from '../../support/plan-in-place';
import { modes, planning, policy as usual, testKeys, times } from '../../support/request-record';
import { startPractice, textOf, toldTo, type Practice } from '../support/practice';
import { rendered } from '../support/rendered';

const policy = { ...usual, cordon: ['U0ONCALL'], read: { hosts: 'anyone' as const } };
const settings = { hosts: ['hyper-v01', 'hyper-v02'], executable: '', shells: 1, sampleSeconds: 3_600 };

let practice: Practice;
let worker: Worker;

beforeAll(async () => {
  practice = await startPractice({ policy, hyperv: settings });
  const { ledger, queue, parts } = practice;
  const { clock, random, log } = parts;
  const { hyperV } = fabricAt(() => clock.now());
  const rules = { policy, times, modes, ...planning };
  const { verifier } = testKeys();
  const planner = planInPlace;
  worker = await startHyperV({
    ledger,
    queue,
    clock,
    random,
    log,
    hyperV,
    planner,
    settings,
    verifier,
    rules,
  });
});
afterAll(async () => {
  await worker.stop();
  await practice.stop();
});

const told = () => practice.slack.messages.ephemerals('U0ONCALL', 'C0HYPERV');
/** What the person is told next after `seen` messages, as it is shown, and in which thread. */
async function next(seen: number): Promise<{ text: string; ts: string; thread: unknown }> {
  await toldTo(practice, 'U0ONCALL', { seen });
  const message = told()[seen];
  if (!message) throw new Error('nothing was said');
  const { text, blocks, ts, thread_ts: thread } = message;
  return { text: rendered({ text, blocks: blocks ?? [] } as never), ts, thread };
}

describe('/hv hosts', () => {
  it('is a short table, whose button gives all of it to that person alone', async () => {
    await practice.lab.command({ user: 'oncall', channel: 'hyper-v', text: '/hv hosts' });
    const table = await next(1);
    expect(table.text).toContain('hyper-v01        ✔ 28/64 GB');
    expect(table.text).not.toContain('Disks:');
    const order = { user: 'oncall', channel: 'hyper-v', action_id: 'command.hosts-in-full', ts: table.ts };
    await practice.lab.click(order);
    const full = await next(3);
    expect(full.text).toContain('# 2 hosts in full');
    expect(full.text).toContain('Disks: D:');
  });

  it('is given in full where it is asked for in a thread, and stands there', async () => {
    const said = await practice.lab.say({ user: 'oncall', channel: 'hyper-v', text: 'which host is free?' });
    const [first] = (await practice.lab.messages({ channel: 'hyper-v' })).slice(-1);
    const thread = String(first?.['ts']);
    expect(said.ok).toBe(true);
    const seen = told().length;
    await practice.lab.mention({
      user: 'oncall',
      channel: 'hyper-v',
      text: 'hosts',
      thread_ts: thread,
    });
    const full = await next(seen + 1);
    expect(full.text).toContain('# 2 hosts in full');
    expect(full.thread).toBe(thread);
  });
});

describe('/hv cordon', () => {
  const command = (user: string, text: string) => practice.lab.command({ user, channel: 'hyper-v', text });
  const notices = async () => (await practice.lab.messages({ channel: 'notices' })).map(textOf);

  it('is told to everybody, shown with the hosts and at Home, and ends', async () => {
    const answer = await command('oncall', '/hv maintenance on hyper-v01 "New *memory*"');
    expect(textOf(answer.ack)).toMatch(/^⛔ \*hyper-v01 is cordoned\* by <@U0ONCALL>/);
    expect((await notices()).at(-1)).toMatch(/^⛔ \*hyper-v01 is cordoned\* by <@U0ONCALL>: New \u2060\*/);
    const seen = told().length;
    await command('oncall', '/hv hosts');
    const table = await next(seen + 1);
    expect(table.text).toContain('hyper-v01        ⛔ 28/64 GB');
    expect(table.text).toContain('⛔ *hyper-v01* is cordoned by <@U0ONCALL> since');
    await practice.lab.home({ user: 'oncall' });
    await waitFor('Home to say so', async () =>
      JSON.stringify(practice.slack.views.home('U0ONCALL')?.blocks ?? []).includes(
        '*hyper-v01* is cordoned by <@U0ONCALL>',
      )
        ? true
        : undefined,
    );
    await command('oncall', '/hv uncordon hyper-v01');
    expect((await notices()).at(-1)).toMatch(/^▶ \*hyper-v01 is no longer cordoned\*, by <@U0ONCALL>\n/);
  });

  it('is refused to who may not, in the audit too, and nobody is told', async () => {
    const before = await notices();
    const answer = await command('requester', '/hv cordon hyper-v02 "mine"');
    expect(textOf(answer.ack)).toContain('You are not among those who may keep machines off a host');
    expect(await notices()).toEqual(before);
    expect((await practice.ledger.audit(SYSTEM_CHAIN)).at(-1)?.what).toBe('cordon.refused');
    expect(cordonsToShow(await practice.ledger.cordons()).has('hyper-v02')).toBe(false);
  });
});

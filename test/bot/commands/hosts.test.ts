import { startHyperV, type Worker } from '../../../src/jobs/worker';
import { fabricAt } from '../../support/fabric';
import { modes, policy as usual, testKeys, times } from '../../support/request-record';
import { startPractice, toldTo, type Practice } from '../support/practice';
import { rendered } from '../support/rendered';

const policy = { ...usual, read: { hosts: 'anyone' as const } };
const settings = { hosts: ['hyper-v01', 'hyper-v02'], executable: '', shells: 1, sampleSeconds: 3_600 };

let practice: Practice;
let worker: Worker;

beforeAll(async () => {
  practice = await startPractice({ policy });
  const { ledger, queue, parts } = practice;
  const { clock, random, log } = parts;
  const { hyperV } = fabricAt(() => clock.now());
  const rules = { policy, times, modes };
  const { verifier } = testKeys();
  worker = await startHyperV({ ledger, queue, clock, random, log, hyperV, settings, verifier, rules });
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

import { waitFor } from '../../lab/wait-for';
import { editDelegation } from '../../lab/directory/delegation';
import type { Queue } from '../../src/core/ports';
import { createListClient, type ListClient } from '../../src/jobs/lists';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { openBullQueue } from '../../src/jobs/queue/bullmq-queue';
import { ask, press, reaches, said } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { policy, requester } from '../support/request-record';

let instance: Instance;
let queue: Queue;
let client: ListClient;
beforeAll(async () => {
  instance = await startInstance({ hosts: [{ name: 'here' }, { name: 'there' }] });
  queue = await openBullQueue({ url: instance.redisUrl, prefix: instance.prefix });
  client = createListClient({ queue, ledger: instance.ledger, clock: systemClock, policy });
});
afterAll(async () => {
  await queue.close();
  await instance.stop();
});

describe('lists from a worker in another process', () => {
  it('know which request wrote a value, and call a hand-made one new', async () => {
    const [here, there] = [instance.host('here'), instance.host('there')];
    expect((await client.findings(requester)).kind).toBe('listed');
    const asked = await ask(instance, `/delegate ${here} -> ${there} cifs`);
    await reaches(instance, asked, 'waiting');
    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    const { label } = await reaches(instance, asked, 'done');
    await editDelegation(testDomain(), here, { add: [`cifs/ghost-${there}`] });

    const host = { kind: 'short', text: here } as const;
    const listed = await client.delegations({ host, verify: true, raw: false }, requester);
    expect(listed).toMatchObject({
      kind: 'listed',
      answer: {
        kind: 'host',
        checks: [{ source: here, servers: 1, agreeing: 1 }],
        proofs: [{ destination: there, result: 'granted' }],
        view: {
          host: {
            rows: expect.arrayContaining([
              expect.objectContaining({
                host: there,
                values: expect.arrayContaining([{ value: `cifs/${there}`, origin: label }]),
              }),
              expect.objectContaining({
                owner: 'nobody',
                values: [expect.objectContaining({ origin: null })],
              }),
            ]),
          },
        },
      },
    });
    const found = await client.findings(requester);
    const about =
      found.kind === 'listed' ? found.answer.findings.filter(({ hosts }) => hosts.includes(here)) : [];
    expect(about.map(({ code, values, isNew }) => [code, values, isNew])).toEqual([
      ['spn.ghost', [`cifs/ghost-${there}`], true],
      ['pair.one-way', [`cifs/${there}`, `cifs/${there}.mabofeng.com`], true],
      ['value.not-ours', [`cifs/ghost-${there}`], true],
    ]);
  });
});

describe('in Slack', () => {
  /** What is told privately after the word that the directory is being read. */
  const privately = async (text: string): Promise<string> => {
    const query = { channel: 'hyper-v', user: 'requester' };
    const before = new Set((await instance.client.messages(query)).map(({ ts }) => ts));
    const answer = await instance.client.command({ user: 'requester', channel: 'hyper-v', text });
    expect(said(answer)).toContain('Nothing is changed by this');
    return waitFor(`an answer to ${text}`, async () => {
      const fresh = (await instance.client.messages(query)).filter(({ ts }) => !before.has(ts));
      return fresh.length > 1 ? JSON.stringify(fresh.slice(1)) : undefined;
    });
  };

  it.each([
    ['one host', () => `/hv delegations ${instance.host('here')} --verify --raw`],
    ['all hosts', () => '/hv delegations'],
  ])('what %s may delegate comes privately', async (_, command) => {
    const answer = await privately(command());
    expect(answer).toContain(instance.host('here'));
    expect(answer).toContain('read from');
    expect(answer).not.toContain('Not now');
  });

  it('findings come privately, worst first', async () => {
    const answer = await privately('/hv findings');
    expect(answer).toContain(`cifs/ghost-${instance.host('there')}`);
  });

  it('a word that is nearly one is helped along', async () => {
    const answer = await instance.client.command({
      user: 'requester',
      channel: 'hyper-v',
      text: '/hv finding',
    });
    expect(said(answer)).toContain('findings');
  });
});

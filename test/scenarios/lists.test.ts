import { editDelegation } from '../../lab/directory/delegation';
import type { Queue } from '../../src/core/ports';
import { createListClient, type ListClient } from '../../src/jobs/lists';
import { openBullQueue } from '../../src/jobs/queue/bullmq-queue';
import { ask, press, reaches } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { policy, requester } from '../support/request-record';

let instance: Instance;
let queue: Queue;
let client: ListClient;
beforeAll(async () => {
  instance = await startInstance({ hosts: [{ name: 'here' }, { name: 'there' }] });
  queue = await openBullQueue({ url: instance.redisUrl, prefix: instance.prefix });
  client = createListClient({ queue, ledger: instance.ledger, policy });
}, 60_000);
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

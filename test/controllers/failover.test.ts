import { readDelegation } from '../../lab/directory/delegation';
import type { Domain } from '../../lab/directory/domain';
import { askKdc } from '../../lab/directory/kdc';
import { replicate, seenAt } from '../../lab/directory/several-controllers';
import { waitFor } from '../../lab/wait-for';
import { reaches } from '../support/conversation';
import { pairStartMs, startPair, type OwnDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { goOn, PAUSED_BEFORE_WRITE, untilPaused } from '../support/paused';
import { askApproved, cardSays, reversalOf, threadSays, trueReport } from '../support/thread';

let pair: OwnDomain;
let domain: Domain;
let instance: Instance;
beforeAll(async () => {
  pair = await startPair();
  ({ domain } = pair);
  const hosts = ['hv01', 'hv02', 'hv03', 'from', 'timed', 'to'].map((name) => ({ name }));
  instance = await startInstance({ domain, hosts, without: ['directory'], lookSeconds: 1 });
  await replicate(domain, { from: 'dc1', to: 'dc2' });
}, pairStartMs);
afterAll(async () => {
  // Its organisation is removed there.
  await domain.startController('dc1');
  await instance.stop();
  await pair.stop();
});

const host = (key: string): string => instance.host(key);
const mesh = ['hv01', 'hv02', 'hv03'];
/** How many values each host of the mesh has on one of the two. */
const counts = async (controller: string) => {
  const lists = await Promise.all(mesh.map((key) => readDelegation(seenAt(domain, controller), host(key))));
  return lists.map(({ length }) => length);
};
const replicateBothWays = async () => {
  await replicate(domain, { from: 'dc1', to: 'dc2' });
  await replicate(domain, { from: 'dc2', to: 'dc1' });
};

describe('the domain controller that is written to', () => {
  it('stops at the second of three hosts: the third goes on at the other, and all of it is told', async () => {
    const worker = await instance.start('directory', PAUSED_BEFORE_WRITE);
    const asked = await askApproved(instance, `/delegate mesh ${mesh.map(host).join(',')} cifs`);
    await untilPaused(worker);
    goOn(worker);
    await waitFor('the first write', async () => ((await counts('dc1'))[0] === 4 ? true : undefined));
    await untilPaused(worker);
    await domain.stopController('dc1');
    goOn(worker);
    await waitFor('the third write', async () => ((await counts('dc2'))[2] === 4 ? true : undefined));
    expect(await counts('dc2')).toEqual([0, 0, 4]);
    const card = await cardSays(instance, asked, /Held up: dc1 cannot be reached/);
    expect(card).toContain(host('hv02'));
    expect((await instance.ledger.read(asked.id))?.ending).toBeNull();

    await domain.startController('dc1');
    await untilPaused(worker);
    goOn(worker);
    await waitFor('the second write', async () => ((await counts('dc1'))[1] === 4 ? true : undefined));
    expect(await counts('dc1')).toEqual([4, 4, 0]);
    await threadSays(instance, asked, /On 1 of 2 domain controllers so far/);
    await replicateBothWays();
    const done = await reaches(instance, asked, 'done');
    expect(done.steps.map(({ outcome }) => outcome?.server)).toEqual(['dc1', 'dc1', 'dc2']);
    expect(done.proof).toMatchObject({ level: 'proved', converged: 2, servers: 2 });
    const report = await trueReport(instance, asked, domain);
    expect(report).toContain(`Written on dc1: 8 values added to ${host('hv01')} and ${host('hv02')}.`);
    expect(report).toContain(`Written on dc2: 4 values added to ${host('hv03')}.`);
    expect(await trueReport(instance, asked, seenAt(domain, 'dc2'))).toBe(report);
    await worker.stop();
  });

  it('is away when somebody asks: the other is read and written, and the report waits for the first', async () => {
    await domain.stopController('dc1');
    await instance.start('directory');
    const asked = await askApproved(instance, `/delegate ${host('from')} -> ${host('to')} cifs`);
    expect((await instance.ledger.read(asked.id))?.plan?.server).toBe('dc2');
    await threadSays(instance, asked, /is written on dc2\. On 1 of 2 domain controllers so far/);
    expect(await readDelegation(seenAt(domain, 'dc2'), host('from'))).toHaveLength(2);
    expect((await instance.ledger.read(asked.id))?.ending).toBeNull();

    await domain.startController('dc1');
    expect(await readDelegation(domain, host('from'))).toEqual([]);
    await replicate(domain, { from: 'dc2', to: 'dc1' });
    const done = await reaches(instance, asked, 'done');
    expect(done.proof).toMatchObject({ level: 'proved', converged: 2, servers: 2 });
    expect(await askKdc(domain, host('from'), host('to'))).toEqual({ cifs: 'granted' });
    expect(await trueReport(instance, asked, domain)).toContain('Written on dc2: 2 values added');
  });

  it('is away when something is due to be taken away: the card says why it is still there', async () => {
    // A new worker does not know that dc1 was away.
    await instance.programs.get('directory')?.stop();
    await instance.start('directory');
    const asked = await askApproved(instance, `/delegate ${host('timed')} -> ${host('to')} cifs --for 30s`);
    await threadSays(instance, asked, /On 1 of 2 domain controllers so far/);
    await replicateBothWays();
    await reaches(instance, asked, 'done');
    await domain.stopController('dc1');
    const card = await cardSays(instance, asked, /Was due to be taken away again .*, and is not yet/);
    expect(card).toContain('dc1 cannot be reached');
    expect(await readDelegation(seenAt(domain, 'dc2'), host('timed'))).toHaveLength(2);

    await domain.startController('dc1');
    await waitFor('it to be taken away', async () =>
      (await readDelegation(domain, host('timed'))).length === 0 ? true : undefined,
    );
    await replicateBothWays();
    await reaches(instance, await reversalOf(instance, asked), 'done');
    await cardSays(instance, asked, /Was taken away again/);
    expect(await threadSays(instance, asked, /Taken away again/)).toContain('2 of 2 domain controllers');
    expect(await readDelegation(seenAt(domain, 'dc2'), host('timed'))).toEqual([]);
  });
});

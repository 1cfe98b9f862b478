import { readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { ask, auditOf, reaches, type Asked } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { approve, askApproved, cardSays, reversalOf, threadSays, trueReport } from '../support/thread';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({
    hosts: [
      { name: 'to' },
      { name: 'once', delegatesTo: ['HTTP/else'] },
      { name: 'kept' },
      { name: 'longer' },
    ],
  });
});
afterAll(() => instance.stop());

const host = (key: string): string => instance.host(key);
const values = (key: string) => readDelegation(testDomain(), host(key));
const kdc = async (from: string) =>
  (await instance.client.get('/_lab/kdc', { from: host(from), to: host('to') }))['cifs'];
const delegate = (from: string, more = '') => `/delegate ${host(from)} -> ${host('to')} cifs ${more}`;

/** The end of a request's time, as its card and its record have it. */
async function untilOf(asked: Asked): Promise<number> {
  const { until } = await reaches(instance, asked, 'done');
  if (until === null) throw new Error(`${asked.label} is for good`);
  return until;
}

function passed(moment: number): Promise<true> {
  return waitFor('that time to be over', () => Promise.resolve(Date.now() > moment || undefined));
}

describe('a delegation for ten seconds', () => {
  it('is granted, and refused again when it is over; card and thread say so', async () => {
    const asked = await askApproved(instance, delegate('once', '--for 10s'));
    const until = await untilOf(asked);
    expect(await kdc('once')).toBe('granted');
    await cardSays(
      instance,
      asked,
      new RegExp(`Is taken away again <!date\\^${Math.floor(until / 1000)}\\^`),
    );
    expect(await trueReport(instance, asked)).toContain(`2 values added to ${host('once')}`);

    const reversal = await reaches(instance, await reversalOf(instance, asked), 'done');
    expect(Date.now()).toBeGreaterThan(until);
    expect(reversal.proof).toMatchObject({ level: 'proved', checks: [{ what: 'cifs', result: 'refused' }] });
    expect([await kdc('once'), await values('once')]).toEqual(['refused', ['HTTP/else']]);
    const report = await threadSays(instance, asked, /Taken away again/);
    expect(report).toContain(`2 values removed from ${host('once')}`);
    expect(report).toContain('the KDC refuses cifs now');
    expect(await cardSays(instance, asked, /Was taken away again/)).not.toContain('Undo');
  }, 40_000);
});

describe('what somebody wants for longer', () => {
  it('stays for good once a request of its own for that was approved', async () => {
    const asked = await askApproved(instance, delegate('kept', '--for 20s'));
    const until = await untilOf(asked);
    const written = await values('kept');
    const keep = await ask(instance, delegate('kept'));
    expect((await reaches(instance, keep, 'waiting')).plan?.directory.changes).toMatchObject([
      { add: [], keep: written },
    ]);
    await approve(instance, keep);
    await reaches(instance, keep, 'done');
    expect(Date.now()).toBeLessThan(until);
    expect(await auditOf(instance, keep)).not.toContain('intent');

    await reaches(instance, await reversalOf(instance, asked), 'already-so');
    expect(Date.now()).toBeGreaterThan(until);
    expect([await kdc('kept'), await values('kept')]).toEqual(['granted', written]);
    await cardSays(instance, asked, /Stays after .*others want it/);
    await threadSays(instance, asked, /stay, because another request asked for them/);
    expect(await trueReport(instance, keep)).toContain(`2 values of ${host('kept')} stay for good`);
  });

  it('stays for as long as an approved extension says, and goes then', async () => {
    const asked = await askApproved(instance, delegate('longer', '--for 10s'));
    const until = await untilOf(asked);
    const extension = await askApproved(instance, `/hv extend ${asked.label} 10s`);
    const longer = await untilOf(extension);
    expect(longer).toBeGreaterThan(until);
    await reaches(instance, await reversalOf(instance, asked), 'already-so');
    expect([await kdc('longer'), (await values('longer')).length]).toEqual(['granted', 2]);
    await passed(longer);
    await reaches(instance, await reversalOf(instance, extension), 'done');
    expect([await kdc('longer'), await values('longer')]).toEqual(['refused', []]);
    expect(await threadSays(instance, extension, /Taken away again/)).toContain(
      `2 values removed from ${host('longer')}`,
    );
  }, 40_000);
});

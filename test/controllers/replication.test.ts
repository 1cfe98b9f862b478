import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import type { Domain, DomainAccess } from '../../lab/directory/domain';
import { replicate, seenAt } from '../../lab/directory/several-controllers';
import { waitFor } from '../../lab/wait-for';
import { auditOf, reaches, reports } from '../support/conversation';
import { pairStartMs, startPair, type OwnDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { askApproved, cardSays, reversalOf, textOf, threadSays, trueReport } from '../support/thread';

let pair: OwnDomain;
let domain: Domain;
/** As somebody sees and edits it who works on dc2. */
let second: DomainAccess;
let instance: Instance;
beforeAll(async () => {
  pair = await startPair();
  ({ domain } = pair);
  second = seenAt(domain, 'dc2');
  const toEnd = ['cifs/to', 'cifs/to.mabofeng.com'];
  const hosts = [
    ...['to', 'late', 'added', 'timed'].map((name) => ({ name })),
    { name: 'removed', delegatesTo: toEnd },
  ];
  instance = await startInstance({ domain, hosts, lookSeconds: 1 });
  await replicateBothWays();
}, pairStartMs);
afterAll(async () => {
  await instance.stop();
  await pair.stop();
});

const host = (key: string): string => instance.host(key);
const onBoth = async (key: string) => [
  (await readDelegation(domain, host(key))).toSorted(),
  (await readDelegation(second, host(key))).toSorted(),
];
const twice = (values: readonly string[]) => [values, values];
const delegate = (from: string, more = '') => `/delegate ${host(from)} -> ${host('to')} cifs ${more}`;
const valuesToEnd = () => [`cifs/${host('to')}`, `cifs/${host('to')}.mabofeng.com`];

async function replicateBothWays(): Promise<void> {
  await replicate(domain, { from: 'dc1', to: 'dc2' });
  await replicate(domain, { from: 'dc2', to: 'dc1' });
}

/** Two edits on dc2, so that its version of the list is higher than after our one, and wins (MS-DRSR 5.11). */
async function editTwiceOnSecond(key: string): Promise<void> {
  for (const value of ['HTTP/first', 'HTTP/second'])
    await editDelegation(second, host(key), { add: [value] });
}

describe('replication that is held back', () => {
  it('is told as such, and the report comes when both have it', async () => {
    const asked = await askApproved(instance, delegate('late'));
    await threadSays(instance, asked, /is written on dc1\. On 1 of 2 domain controllers so far/);
    await cardSays(instance, asked, /Written, being proved[\s\S]*On 1 of 2 domain controllers so far/);
    expect(await onBoth('late')).toEqual([valuesToEnd(), []]);
    expect((await instance.ledger.read(asked.id))?.ending).toBeNull();
    await replicate(domain, { from: 'dc1', to: 'dc2' });
    const done = await reaches(instance, asked, 'done');
    expect(done.proof).toMatchObject({ level: 'proved', converged: 2, servers: 2 });
    const report = await trueReport(instance, asked, domain);
    expect(report).toContain('read back on 2 of 2 domain controllers');
    expect(await trueReport(instance, asked, second)).toBe(report);
  });
});

describe('an edit on the other domain controller that wins over ours', () => {
  it('takes away what was added: stuck, with an alarm', async () => {
    const asked = await askApproved(instance, delegate('added'));
    await threadSays(instance, asked, /On 1 of 2 domain controllers so far/);
    await editTwiceOnSecond('added');
    await replicateBothWays();
    expect(await onBoth('added')).toEqual(twice(['HTTP/first', 'HTTP/second']));
    const stuck = await reaches(instance, asked, 'stuck');
    expect(stuck.ending?.problem?.code).toBe('write.lost');
    expect(await auditOf(instance, asked)).toContain('write.lost');
    const [report, ...others] = await reports(instance, asked);
    expect(others).toEqual([]);
    const text = textOf(report ?? {});
    expect(text).toContain('🛑 *Stuck*');
    expect(text).toContain(`this is not there: ${valuesToEnd().join(' and ')}`);
    expect(text).toContain('By the journal: Written on dc1: 2 values added');
  });

  it('brings back what was removed: stuck, with an alarm', async () => {
    const asked = await askApproved(instance, `/undelegate ${host('removed')} -> ${host('to')}`);
    await threadSays(instance, asked, /On 1 of 2 domain controllers so far/);
    expect(await onBoth('removed')).toEqual([[], valuesToEnd()]);
    await editTwiceOnSecond('removed');
    await replicateBothWays();
    const stuck = await reaches(instance, asked, 'stuck');
    expect(stuck.ending?.problem?.code).toBe('write.back');
    expect(textOf((await reports(instance, asked))[0] ?? {})).toContain(
      `this is there again: ${valuesToEnd().join(' and ')}`,
    );
    expect(await onBoth('removed')).toEqual(twice(['HTTP/first', 'HTTP/second', ...valuesToEnd()]));
  });

  it('brings back what was taken away in time: the parent’s card says so, and undo helps', async () => {
    const asked = await askApproved(instance, delegate('timed', '--for 30s'));
    await threadSays(instance, asked, /On 1 of 2 domain controllers so far/);
    await replicateBothWays();
    await reaches(instance, asked, 'done');
    const reversal = await reversalOf(instance, asked);
    await waitFor('it to be taken away on dc1', async () =>
      (await onBoth('timed'))[0]?.length === 0 ? true : undefined,
    );
    await editTwiceOnSecond('timed');
    await replicateBothWays();
    const stuck = await reaches(instance, reversal, 'stuck');
    expect(stuck.ending?.problem?.code).toBe('write.back');
    await cardSays(instance, asked, /Not taken away again/);
    expect(await threadSays(instance, asked, /Not taken away again/)).toContain('this is there again');
    expect(await onBoth('timed')).toEqual(twice(['HTTP/first', 'HTTP/second', ...valuesToEnd()]));

    const undo = await askApproved(instance, `/hv undo ${asked.label}`);
    await threadSays(instance, undo, /On 1 of 2 domain controllers so far/);
    await replicateBothWays();
    await reaches(instance, undo, 'done');
    expect(await onBoth('timed')).toEqual(twice(['HTTP/first', 'HTTP/second']));
    expect(await trueReport(instance, undo, second)).toContain('the KDC refuses cifs now');
  });
});

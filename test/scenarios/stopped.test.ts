import { readDelegation } from '../../lab/directory/delegation';
import type { Program } from '../../lab/programs';
import { waitFor } from '../../lab/wait-for';
import { auditOf, press, reaches, said, type Asked } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { goOn, PAUSED_BEFORE_WRITE, untilPaused } from '../support/paused';
import { approve, askApproved, cardSays, requestBy, trueReport } from '../support/thread';

let instance: Instance;
let worker: Program;
beforeAll(async () => {
  const hosts = ['hv01', 'hv02', 'hv03'].map((name) => ({ name }));
  instance = await startInstance({ hosts, without: ['directory'] });
  worker = await instance.start('directory', PAUSED_BEFORE_WRITE);
});
afterAll(() => instance.stop());

const host = (key: string): string => instance.host(key);
const counts = async () => {
  const lists = await Promise.all(
    ['hv01', 'hv02', 'hv03'].map((key) => readDelegation(testDomain(), host(key))),
  );
  return lists.map(({ length }) => length);
};
const kdc = async (from: string, to: string) =>
  (await instance.client.get('/_lab/kdc', { from: host(from), to: host(to) }))['cifs'];
const hvRequests = () =>
  instance.client.command({ user: 'oncall', channel: 'hyper-v', text: '/hv requests running' });

let asked: Asked;

describe('a mesh of three that somebody stops while the second is being written', () => {
  it('is listed with who writes what, while it is written', async () => {
    asked = await askApproved(
      instance,
      `/delegate mesh ${host('hv01')},${host('hv02')},${host('hv03')} cifs`,
    );
    await untilPaused(worker);
    expect(await counts()).toEqual([0, 0, 0]);
    const listed = said(await hvRequests());
    expect(listed).toContain(asked.label);
    expect(listed).toContain(`${asked.label} writes msDS-AllowedToDelegateTo of ${host('hv01')}`);
    const [lease] = await instance.ledger.leases('object-');
    expect(listed).toContain(lease?.holder);
    goOn(worker);
  });

  it('ends after the step in flight, and says what is changed and what is not', async () => {
    await waitFor('the first write', async () => ((await counts())[0] === 4 ? true : undefined));
    await untilPaused(worker);
    await press(instance, asked, { user: 'oncall', action: 'request.stop' });
    expect(await auditOf(instance, asked)).toContain('stop');
    goOn(worker);
    const stopped = await reaches(instance, asked, 'stopped');
    expect(stopped.steps.map(({ outcome }) => outcome?.kind)).toEqual(['changed', 'changed', undefined]);
    expect(await counts()).toEqual([4, 4, 0]);
    const card = await cardSays(instance, asked, /⏹/);
    expect(card).toContain(`8 values added to ${host('hv01')} and ${host('hv02')}`);
    expect(card).toContain(`Not changed: ${host('hv03')}.`);
    await trueReport(instance, asked);
    expect(await auditOf(instance, asked)).toContain('intent.withdrawn');
    expect(said(await hvRequests())).not.toContain('writes msDS-AllowedToDelegateTo');
  });

  it('is asked for again by Retry, which is about the rest alone', async () => {
    await worker.stop();
    worker = await instance.start('directory');
    const retry = await requestBy(instance, () =>
      press(instance, asked, { user: 'requester', action: 'request.retry' }),
    );
    const { plan, parent } = await reaches(instance, retry, 'waiting');
    expect([parent?.label, plan?.directory.changes.map(({ name }) => name)]).toEqual([
      asked.label,
      [host('hv03')],
    ]);
    await approve(instance, retry);
    await reaches(instance, retry, 'done');
    expect(await counts()).toEqual([4, 4, 4]);
    expect(await kdc('hv03', 'hv01')).toBe('granted');
    await trueReport(instance, retry);
  });

  it('is taken back by Undo, and nothing that the retry did', async () => {
    const undo = await requestBy(instance, () =>
      press(instance, asked, { user: 'oncall', action: 'request.undo' }),
    );
    const { plan } = await reaches(instance, undo, 'waiting');
    expect(plan?.directory.changes.map(({ name }) => name)).toEqual([host('hv01'), host('hv02')]);
    await approve(instance, undo);
    await reaches(instance, undo, 'done');
    expect(await counts()).toEqual([0, 0, 4]);
    expect([await kdc('hv01', 'hv02'), await kdc('hv03', 'hv01')]).toEqual(['refused', 'granted']);
    expect(await trueReport(instance, undo)).toContain('8 values removed');
  });
});

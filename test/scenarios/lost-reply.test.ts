import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { press, reaches, type Asked } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { goOn, PAUSED_BEFORE_WRITE, untilPaused } from '../support/paused';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { approve, askApproved, requestBy, trueReport } from '../support/thread';

const FOREIGN = ['HTTP/else'];
let proxy: TcpProxy;
let instance: Instance;
beforeAll(async () => {
  const domain = testDomain();
  proxy = await startTcpProxy({ host: new URL(domain.url).hostname, port: 636 });
  const directories = domain.directories.map((each) => ({ ...each, url: `ldaps://127.0.0.1:${proxy.port}` }));
  instance = await startInstance({
    hosts: [{ name: 'from', delegatesTo: FOREIGN }, { name: 'to' }],
    domain: { ...domain, directories },
    without: ['directory'],
  });
});
afterAll(async () => {
  await instance.stop();
  await proxy.close();
});

const values = () => readDelegation(testDomain(), instance.host('from'));
const kdc = async () =>
  (await instance.client.get('/_lab/kdc', { from: instance.host('from'), to: instance.host('to') }))['cifs'];

/** The directory commits the write, and nobody hears of it. */
async function writeUnheard(): Promise<Asked> {
  const worker = await instance.start('directory', PAUSED_BEFORE_WRITE);
  const asked = await askApproved(
    instance,
    `/delegate ${instance.host('from')} -> ${instance.host('to')} cifs`,
  );
  await untilPaused(worker);
  proxy.dropReply();
  goOn(worker);
  await waitFor('the write', async () => ((await values()).length === 3 ? true : undefined));
  return asked;
}

describe('a write whose answer was lost', () => {
  it('is found by reading, told so, and undone to the value', async () => {
    const asked = await writeUnheard();
    expect((await instance.ledger.read(asked.id))?.ending).toBeNull();
    proxy.resume();
    const done = await reaches(instance, asked, 'done');
    expect(done.steps).toMatchObject([{ outcome: { kind: 'changed', inferred: true } }]);
    expect(done.proof).toMatchObject({ level: 'proved' });
    expect(await kdc()).toBe('granted');
    expect(await trueReport(instance, asked)).toContain(
      'Found written on dc1 after an interruption: 2 values added',
    );

    await instance.programs.get('directory')?.stop();
    await instance.start('directory');
    await editDelegation(testDomain(), instance.host('from'), { add: ['HTTP/later'] });
    const undo = await requestBy(instance, () =>
      press(instance, asked, { user: 'oncall', action: 'request.undo' }),
    );
    const { parent, intake } = await reaches(instance, undo, 'waiting');
    expect([parent?.label, intake.statement.of]).toEqual([asked.label, asked.id]);
    await approve(instance, undo);
    await reaches(instance, undo, 'done');
    expect((await values()).toSorted()).toEqual([...FOREIGN, 'HTTP/later']);
    expect(await kdc()).toBe('refused');
    expect(await trueReport(instance, undo)).toContain(`2 values removed from ${instance.host('from')}`);
  });
});

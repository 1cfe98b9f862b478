import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { ask, auditOf, press, reaches, reports, said } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';

const names = ['hv01', 'hv02', 'hv03', 'hv04', 'hv05', 'hv06', 'hv07'];
let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ hosts: names.map((name) => ({ name })), decideSeconds: 3600 });
});
afterAll(() => instance.stop());

const domain = testDomain();
const host = (name: string): string => instance.host(name);
const held = (name: string): Promise<string[]> => readDelegation(domain, host(name));
const valuesFor = async (source: string, destination: string): Promise<string[]> =>
  (await held(source)).filter((value) => value.split('/')[1]?.startsWith(host(destination)));

async function approved(command: string) {
  const asked = await ask(instance, command);
  await reaches(instance, asked, 'waiting');
  expect(await press(instance, asked, { user: 'approver', action: 'request.approve' })).toMatchObject({
    ok: true,
  });
  return asked;
}

it('a mesh is one request: every ordered pair is written, proved and told', async () => {
  const mesh = [host('hv01'), host('hv02'), host('hv03')];
  const asked = await approved(`/delegate mesh ${mesh.join(',')} cifs,migration`);
  const done = await reaches(instance, asked, 'done', 'failed', 'partial', 'stuck');
  expect(done.state).toBe('done');
  expect(done.proof).toMatchObject({ level: 'proved', converged: 1, servers: 1 });
  expect(done.proof?.checks.filter(({ result }) => result === 'granted')).toHaveLength(6);
  for (const source of ['hv01', 'hv02', 'hv03']) expect(await held(source)).toHaveLength(8);
  const [report] = await reports(instance, asked);
  const text = JSON.stringify(report);
  expect(text).toContain(`24 values added to ${mesh[0]}, ${mesh[1]} and ${mesh[2]}`);
  expect(text).toContain('the KDC grants cifs (6 pairs)');
  expect((await auditOf(instance, asked)).filter((what) => what === 'intent')).toHaveLength(3);
});

it('what was given is taken away again, and the KDC refuses it', async () => {
  const [one, other] = [host('hv01'), host('hv02')];
  await editDelegation(domain, one, { add: ['HTTP/kept'] });
  const asked = await approved(`/undelegate ${one} -> ${other}`);
  const done = await reaches(instance, asked, 'done', 'failed', 'partial', 'stuck');
  expect(done.state).toBe('done');
  expect(done.proof).toMatchObject({ level: 'proved' });
  expect(await valuesFor('hv01', 'hv02')).toEqual([]);
  expect(await held('hv01')).toEqual(expect.arrayContaining(['HTTP/kept']));
  expect(await valuesFor('hv01', 'hv03')).toHaveLength(4);
  const kdc = await instance.client.get('/_lab/kdc', { from: one, to: other });
  expect(kdc).toMatchObject({ cifs: 'refused' });
  const text = JSON.stringify(await reports(instance, asked));
  expect(text).toContain(`${one} lost the right to act as any user on ${other}`);
  expect(text).toContain(`4 values removed from ${one}`);
  expect(text).toContain('the KDC refuses cifs now');
});

it('removing one service says that the power stays, and removing what is not there changes nothing', async () => {
  const [one, other] = [host('hv02'), host('hv03')];
  const asked = await approved(`/undelegate ${one} -> ${other} cifs`);
  await reaches(instance, asked, 'done');
  expect(await valuesFor('hv02', 'hv03')).toHaveLength(2);
  expect(JSON.stringify(await reports(instance, asked))).toContain(
    `${one} lost services, and can still act as any user on ${other}`,
  );
  const again = await ask(instance, `/undelegate ${one} -> ${other} cifs`);
  expect((await reaches(instance, again, 'already-so', 'waiting')).state).toBe('already-so');
});

it('a host that is gone is no hindrance', async () => {
  await editDelegation(domain, host('hv04'), { add: ['cifs/gone99', 'cifs/gone99.mabofeng.com'] });
  const asked = await approved(`/undelegate ${host('hv04')} -> gone99`);
  await reaches(instance, asked, 'done');
  expect(await held('hv04')).toEqual([]);
});

it('one host of the mesh that was changed meanwhile voids the plan, and nothing is written anywhere', async () => {
  const mesh = [host('hv05'), host('hv06'), host('hv07')];
  const asked = await ask(instance, `/delegate mesh ${mesh.join(',')} cifs`);
  await reaches(instance, asked, 'waiting');
  await editDelegation(domain, host('hv06'), { add: ['cifs/else'] });
  await press(instance, asked, { user: 'approver', action: 'request.approve' });
  const again = await waitFor('the second plan', async () => {
    const record = await reaches(instance, asked, 'waiting', 'running', 'done');
    return record.plan?.number === 2 ? record : undefined;
  });
  expect(again.voided).toMatchObject([
    { plan: 1, sentence: `cifs/else was added to ${host('hv06')} since the plan was made.` },
  ]);
  expect([await held('hv05'), await held('hv06'), await held('hv07')]).toEqual([[], ['cifs/else'], []]);
});

it('a preview of a mesh tells what would be, and asks nobody', async () => {
  const before = await instance.ledger.openRequests();
  const text = `/delegate ${host('hv05')} <-> ${host('hv07')} cifs --plan`;
  await instance.client.command({ user: 'requester', channel: 'hyper-v', text });
  const answer = await waitFor('the preview', async () => {
    const all = await instance.client.messages({ channel: 'hyper-v', user: 'requester' });
    const found = all.map((message) => JSON.stringify(message)).find((each) => each.includes('Only a plan'));
    return found;
  });
  expect(answer).toContain('would be able to act as any user on each other');
  expect(await instance.ledger.openRequests()).toEqual(before);
});

it('a guest may not take anything away', async () => {
  const before = await instance.ledger.openRequests();
  const answer = await instance.client.command({
    user: 'guest',
    channel: 'hyper-v',
    text: `/undelegate ${host('hv01')} -> all`,
  });
  expect(said(answer)).toContain('Guests');
  expect(await instance.ledger.openRequests()).toEqual(before);
});

import { once } from 'node:events';
import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { planDigests } from '../../src/core/request/fingerprint';
import { ask, auditOf, cardWith, press, reaches, reports } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';

const hosts = ['hv01', 'hv02', 'hv03'].map((name) => ({ name }));
const domain = testDomain();
let instance: Instance;
beforeAll(async () => {
  // With Slack's own limits: four pages take a channel's burst and more.
  instance = await startInstance({ hosts, decideSeconds: 3600, pace: 'slack' });
  await instance.client.rates({ mode: 'slack' });
});
afterAll(() => instance.stop());

const VALUES = Array.from({ length: 300 }, (_, at) => `HTTP/ghost-${at}.gone.example:8080`);

/** Kills the bot at a place, and starts another one as soon as it is dead. */
async function dooming(place: string): Promise<{ restarted: Promise<unknown> }> {
  await instance.programs.get('bot')?.stop();
  const doomed = await instance.start('bot', { HANDOVER_LAB_CRASH: place });
  return { restarted: once(doomed.child, 'exit').then(() => instance.start('bot')) };
}

async function threadOf(id: string): Promise<readonly string[]> {
  const card = (await instance.ledger.delivered(id)).get('card');
  const thread = await instance.client.messages({ channel: 'hyper-v', thread_ts: card?.ts ?? '' });
  return thread.slice(1).map(({ text }) => String(text));
}

describe.each([
  ['hv01', 'before ledger.setDelivered:page-p1-2of4'],
  ['hv02', 'after ledger.setDelivered:page-p1-3of4'],
])('a removal of 300 values of %s, with a bot that dies %s', (name, place) => {
  it('is listed once, page by page, and approved and written only then', async () => {
    const host = instance.host(name);
    await editDelegation(domain, host, { add: VALUES });
    const { restarted } = await dooming(place);
    const asked = await ask(instance, `/undelegate ${host} -> all`);
    await reaches(instance, asked, 'waiting');
    await restarted;
    const card = await cardWith(instance, asked, 'request.approve');
    const { plan, intake } = (await instance.ledger.read(asked.id)) ?? {};
    if (!plan || !intake) throw new Error('there is no plan');
    const { fingerprint } = planDigests(intake.statement, plan);
    expect(await threadOf(asked.id)).toEqual(
      [1, 2, 3, 4].map(
        (page) =>
          expect.stringMatching(
            `^All changes of plan 1 of ${asked.label}, page ${page} of 4: .*fingerprint ${fingerprint.slice(0, 8)}\\.$`,
          ) as string,
      ),
    );
    expect(JSON.stringify(card)).toContain('All 300 writes of plan 1 are listed in the request’s thread');
    expect(await readDelegation(domain, host)).toHaveLength(300);
    expect(await press(instance, asked, { user: 'approver', action: 'request.approve' })).toMatchObject({
      ok: true,
    });
    const done = await reaches(instance, asked, 'done');
    expect(done.decisions[0]?.statement.fingerprint).toBe(fingerprint);
    expect(await readDelegation(domain, host)).toEqual([]);
    expect(await reports(instance, asked)).toHaveLength(1);
    expect(await auditOf(instance, asked)).toContain('decision');
  });
});

it('no page of a plan that no longer holds is left as it was', async () => {
  const host = instance.host('hv03');
  await editDelegation(domain, host, { add: VALUES });
  const asked = await ask(instance, `/undelegate ${host} -> all`);
  await cardWith(instance, asked, 'request.approve');
  await editDelegation(domain, host, { add: ['HTTP/one-more.gone.example'] });
  await press(instance, asked, { user: 'approver', action: 'request.approve' });
  const again = await waitFor(
    'the second plan’s pages',
    async () => {
      const found = await threadOf(asked.id);
      return found.some((text) => text.includes('of plan 2 of') && text.includes('page 4 of 4'))
        ? found
        : undefined;
    },
    30_000,
  );
  expect(again.filter((text) => text.startsWith('♻ Superseded'))).toHaveLength(4);
  expect(again.filter((text) => text.startsWith('All changes of plan 1'))).toEqual([]);
  expect(again.filter((text) => text.startsWith('All changes of plan 2'))).toHaveLength(4);
  await cardWith(instance, asked, 'request.approve');
  expect(await readDelegation(domain, host)).toHaveLength(301);
});

import { accountBits } from '../../lab/directory/accounts';
import { editControl } from '../../lab/directory/account-control';
import { readDelegation } from '../../lab/directory/delegation';
import type { Domain } from '../../lab/directory/domain';
import { isFields, type Fields } from '../../lab/slack/fields';
import { waitFor } from '../../lab/wait-for';
import { reaches, type Asked } from '../support/conversation';
import { startSingle, type OwnDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { approve, requestBy, textOf, trueReport } from '../support/thread';

let own: OwnDomain;
let domain: Domain;
let instance: Instance;
beforeAll(async () => {
  own = await startSingle();
  ({ domain } = own);
  const toTwo = ['cifs/two', 'cifs/two.mabofeng.com'];
  instance = await startInstance({
    // Only the hosts of this file.
    domain: { ...domain, searchBases: [] },
    hosts: [
      { name: 'one', delegatesTo: [...toTwo, 'cifs/ghost77', 'HTTP/kept'] },
      { name: 'two' },
      { name: 'kerb', anyProtocol: false, delegatesTo: toTwo },
    ],
    lookSeconds: 1,
  });
});
afterAll(async () => {
  await instance.stop();
  await own.stop();
});

const host = (key: string): string => instance.host(key);
const values = (key: string) => readDelegation(domain, host(key));
const kdc = async (from: string, to: string) =>
  (await instance.client.get('/_lab/kdc', { from: host(from), to: host(to) }))['cifs'];

/** The newest list of findings that the person was told privately. */
async function findings(): Promise<Fields> {
  const all = () => instance.client.messages({ channel: 'hyper-v', user: 'oncall' });
  const seen = new Set((await all()).map(({ ts }) => ts));
  await instance.client.command({ user: 'oncall', channel: 'hyper-v', text: '/hv findings' });
  return waitFor('the findings', async () =>
    (await all()).find((message) => !seen.has(message['ts']) && textOf(message).includes('Read from')),
  );
}

/** Presses the button of a list that stands for this command, and gives the request that it made. */
async function pressFor(list: Fields, command: string): Promise<Asked> {
  const button = buttonsIn(list['blocks']).find(({ value }) => value === command);
  if (!button) throw new Error(`No button for ${command}: ${textOf(list)}`);
  const order = { user: 'oncall', channel: 'hyper-v', ts: String(list['ts']) };
  return requestBy(instance, async () => {
    const answer = await instance.client.click({ ...order, action_id: String(button['action_id']) });
    expect(answer).toMatchObject({ ok: true });
  });
}

function buttonsIn(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (!isFields(value)) return [];
  return value['type'] === 'button' ? [value] : Object.values(value).flatMap(buttonsIn);
}

describe('“Ask for it” at a finding', () => {
  it('about a name that nobody has opens the request that takes it off the list', async () => {
    const list = await findings();
    expect(textOf(list)).toContain(`Delegation to nobody: ${host('one')} → ghost77`);
    const asked = await pressFor(list, `/undelegate ${host('one')} -> ghost77 all`);
    const { intake } = await reaches(instance, asked, 'waiting');
    expect(intake.statement.by.user).toBe('U0ONCALL');
    await approve(instance, asked);
    await reaches(instance, asked, 'done');
    expect((await values('one')).toSorted()).toEqual([
      'HTTP/kept',
      `cifs/${host('two')}`,
      `cifs/${host('two')}.mabofeng.com`,
    ]);
    expect(await trueReport(instance, asked, domain)).toContain(`1 value removed from ${host('one')}`);
    expect(textOf(await findings())).not.toContain('ghost77');
  });

  it('about one way only opens the request for the way back', async () => {
    expect([await kdc('one', 'two'), await kdc('two', 'one')]).toEqual(['granted', 'refused']);
    const asked = await pressFor(await findings(), `/delegate ${host('two')} -> ${host('one')} cifs`);
    await reaches(instance, asked, 'waiting');
    await approve(instance, asked);
    await reaches(instance, asked, 'done');
    expect(await kdc('two', 'one')).toBe('granted');
    await trueReport(instance, asked, domain);
    expect(textOf(await findings())).not.toContain(`One way only: ${host('one')}`);
  });

  it('about a source that is trusted for Kerberos only asks for its bit alone', async () => {
    expect(await kdc('kerb', 'two')).toBe('refused');
    const command = `/delegate ${host('kerb')} -> ${host('two')} cifs --protocol any`;
    const asked = await pressFor(await findings(), command);
    const { plan } = await reaches(instance, asked, 'waiting');
    expect(plan?.directory.changes.map(({ kind }) => kind)).toEqual(['trust-mode']);
    await approve(instance, asked);
    await reaches(instance, asked, 'awaiting-hand');
    await editControl(domain, host('kerb'), { set: accountBits.anyProtocol });
    const { proof } = await reaches(instance, asked, 'done');
    // The plan names no pair that the KDC could be asked about.
    expect([proof?.level, await kdc('kerb', 'two')]).toEqual(['converged', 'granted']);
    expect(await trueReport(instance, asked, domain)).toContain(
      `“Use any authentication protocol” set for ${host('kerb')}`,
    );
    expect(textOf(await findings())).not.toContain('Kerberos only');
  });
});

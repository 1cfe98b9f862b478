import { readDelegation } from '../../lab/directory/delegation';
import { reaches } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { askApproved, cardSays, trueReport } from '../support/thread';

let instance: Instance;
beforeAll(async () => {
  const both = (name: string) => [`cifs/${name}`, `cifs/${name}.mabofeng.com`];
  instance = await startInstance({
    hosts: [
      { name: 'old', delegatesTo: [...both('peer'), 'HTTP/kept'] },
      { name: 'peer', delegatesTo: both('old') },
      { name: 'new' },
      // In the same bases, but of no group with the others.
      { name: 'alone' },
    ],
  });
});
afterAll(() => instance.stop());

const keys = ['old', 'peer', 'new', 'alone'];
const host = (key: string): string => instance.host(key);
const counts = async () => {
  const lists = await Promise.all(keys.map((key) => readDelegation(testDomain(), host(key))));
  return Object.fromEntries(keys.map((key, index) => [key, lists[index]?.length]));
};
const kdc = async (from: string, to: string) =>
  (await instance.client.get('/_lab/kdc', { from: host(from), to: host(to) }))['cifs'];
/** What the KDC says of the new host with the two of the group, there and back, and with the stranger. */
const words = async () => [
  await kdc('new', 'old'),
  await kdc('old', 'new'),
  await kdc('new', 'peer'),
  await kdc('peer', 'new'),
  await kdc('new', 'alone'),
];

describe('a host', () => {
  it('that is onboarded like another may move machines with all of that one’s group, both ways', async () => {
    expect(await words()).toEqual(Array(5).fill('refused'));
    const asked = await askApproved(instance, `/hv onboard ${host('new')} like ${host('old')}`);
    const { proof } = await reaches(instance, asked, 'done');
    expect(proof).toMatchObject({ level: 'proved' });
    expect(await words()).toEqual([...Array<string>(4).fill('granted'), 'refused']);
    expect(await counts()).toEqual({ old: 7, peer: 6, new: 8, alone: 0 });
    expect(await trueReport(instance, asked)).toContain('the KDC grants cifs (4 pairs)');
  });

  it('that is retired may nothing any more, nobody may anything on it, and the others keep the rest', async () => {
    const asked = await askApproved(instance, `/hv retire ${host('new')} --reason "Sold"`);
    const { proof } = await reaches(instance, asked, 'done');
    expect(proof).toMatchObject({ level: 'proved' });
    expect(await words()).toEqual(Array(5).fill('refused'));
    expect([await kdc('old', 'peer'), await kdc('peer', 'old')]).toEqual(['granted', 'granted']);
    expect(await counts()).toEqual({ old: 3, peer: 2, new: 0, alone: 0 });
    expect(await trueReport(instance, asked)).toContain('the KDC refuses cifs now (4 pairs)');
    await cardSays(instance, asked, /its account is enabled/);
  });
});

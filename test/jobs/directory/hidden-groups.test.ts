import { asAccount } from '../../../lab/directory/connection';
import { administrator } from '../../../lab/directory/domain';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import type { Service } from '../../../src/core/commands/ask';
import { denyRead } from '../../support/denied-read';
import { testDomain } from '../../support/domain';
import { joinGroup } from '../../support/group-membership';
import { faultOf, openForOneTest } from '../../support/ldap-directory';
import { aboutPair } from '../../support/pair-observation';

const domain = testDomain();
let organisation: Organisation;

/** What the narrow account is told of an ordinary host and this one. */
function observe(name: string, services: readonly Service[] = ['cifs']) {
  const host = (each: string) => ({ kind: 'short', text: organisation.host(each).name }) as const;
  const question = aboutPair({ source: host('plain'), destination: host(name), services });
  return openForOneTest({ searchBases: [organisation.dn] }).observe(question);
}

beforeAll(async () => {
  const hosts = ['plain', 'veiled', 'inside'].map((name) => ({ name }));
  organisation = await createOrganisation(domain, { name: 'hidden', hosts });
  const unit = `OU=secret,${organisation.dn}`;
  const secret = `CN=secret,${unit}`;
  await asAccount(domain, administrator(domain), async (client) => {
    await client.add(unit, { objectClass: 'organizationalUnit' });
    await client.add(secret, { objectClass: 'group' });
    await joinGroup(client, organisation.host('inside').dn, secret);
  });
  await denyRead(organisation.host('veiled').dn, 'tokenGroups');
  // A group is found as long as its place shows what is in it, whatever it shows itself.
  await denyRead(unit, 'everything');
});
afterAll(() => deleteOrganisation(domain, organisation));

it('says what right is lacking when Samba hides which groups a host is in', async () => {
  const fault = await faultOf(observe('veiled'));
  expect(fault).toMatchObject({ code: 'directory.unreadable', retry: 'never' });
  expect(fault.message).toBe(`tokenGroups of ${organisation.host('veiled').dn} cannot be read whole.`);
  expect(fault.remedy).toContain('“Remote Access Information”');
});

it('says what right is lacking when Samba hides a group that a host is in', async () => {
  const fault = await faultOf(observe('inside'));
  expect(fault).toMatchObject({ code: 'directory.unreadable', retry: 'never' });
  expect(fault.message).toMatch(/^A group \(S-1-5-21-[\d-]+\) of CN=inside/);
  expect(fault.remedy).toContain('the right to read groups');
});

it('lets both be cleaned up: without services nobody asks for their groups', async () => {
  const { hosts } = await observe('veiled', []);
  expect(hosts.map(({ found }) => found.length)).toEqual([1, 1]);
  expect((await observe('inside', [])).hosts.map(({ found }) => found.length)).toEqual([1, 1]);
});

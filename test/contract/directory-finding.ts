import { aboutPair } from '../support/pair-observation';
import type { HostName } from '../../src/core/commands/ask';
import { questionsTo, short, type DirectoryWorld } from './directory-world';

const computersOf = (baseDn: string): string => `CN=Domain Computers,CN=Users,${baseDn}`;

/** Which objects a name means, and what is shown of them. */
export function findingHosts(world: () => DirectoryWorld): void {
  const { real, observe, find, one } = questionsTo(world);

  describe('finding hosts', () => {
    it('finds one object by its short name, DNS name, DN and GUID, and shows it alike', async () => {
      const { name: text, fqdn, dn } = world().host('hv01');
      const found = await one('hv01');
      expect(found).toEqual({
        guid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        dn,
        name: text,
        samAccountName: `${text}$`,
        dnsHostName: fqdn,
        objectClasses: expect.arrayContaining(['user', 'computer']),
        userAccountControl: 0x100_1000,
        primaryGroupId: 515,
        adminCount: false,
        spns: expect.arrayContaining([`HOST/${text}`, `HOST/${fqdn}`]),
        allowedToDelegateTo: ['cifs/ape', 'CIFS/Bee', 'cifs/Zoo'],
        memberOf: [],
        groups: [{ sid: expect.stringMatching(/^S-1-5-21(-\d+){3}-515$/), dn: computersOf(world().baseDn) }],
      });
      const names: HostName[] = [
        { kind: 'fqdn', text: fqdn },
        { kind: 'dn', text: dn },
        { kind: 'dn', text: dn.toUpperCase().replaceAll(',', ' , ') },
        { kind: 'guid', text: found.guid },
      ];
      for (const asked of names) expect(await find(asked)).toEqual([found]);
    });

    it('shows what makes a host unusable', async () => {
      expect(await one('odd')).toMatchObject({
        userAccountControl: 0x1000 + 0x8_0000 + 0x2,
        adminCount: true,
        allowedToDelegateTo: [],
      });
    });

    it('gives every object that a DNS name could mean', async () => {
      const { name: text, fqdn } = world().host('bare');
      const twin = await world().addTwin(fqdn);
      const found = await find({ kind: 'fqdn', text: fqdn });
      expect(found.map((object) => object.name).toSorted()).toEqual([text, twin].toSorted());
    });

    it('finds an account of that name that is no computer, and says what it is', async () => {
      const user = await world().addUser();
      const found = await find(short(user));
      expect(found.map((object) => object.name)).toEqual([user]);
      expect(found[0]?.objectClasses).toContain('user');
      expect(found[0]?.objectClasses).not.toContain('computer');
    });

    it.each<[string, () => HostName]>([
      ['an unknown name', () => short('nobody-knows')],
      ['a wildcard', () => short(`${world().host('hv01').name.slice(0, -1)}*`)],
      ['a piece of a filter', () => short('*)(objectClass=*')],
      ['a wildcard in a DNS name', () => ({ kind: 'fqdn', text: '*.mabofeng.com' })],
      ['a text that is no DN', () => ({ kind: 'dn', text: 'CN=hv01,,DC=com' })],
      ['a DN of nobody', () => ({ kind: 'dn', text: `CN=nobody,${world().baseDn}` })],
      ['a DN of another domain', () => ({ kind: 'dn', text: 'CN=hv01,DC=elsewhere,DC=com' })],
      ['a DN in another form', () => ({ kind: 'dn', text: '<WKGUID=x,DC=mabofeng,DC=com>' })],
      ['a GUID of nobody', () => ({ kind: 'guid', text: '00000000-0000-4000-8000-000000000000' })],
      ['a text that is no GUID', () => ({ kind: 'guid', text: `x>,${world().baseDn}` })],
      ['a short name as GUID', () => ({ kind: 'guid', text: world().host('hv01').name })],
      ['a DN with a long tail', () => ({ kind: 'dn', text: `${world().host('hv01').dn},DC=org` })],
    ])('finds nothing by %s', async (_title, asked) => {
      expect(await find(asked())).toEqual([]);
    });

    it('names the hosts of the search bases only when one was not found', async () => {
      expect((await observe(real('hv01'), real('hv02'))).knownNames).toEqual([]);
      const names = (await observe(real('hv01'), short('nobody-knows'))).knownNames;
      expect(names).toEqual(expect.arrayContaining([world().host('hv01').name, world().host('own').name]));
      expect((await observe(short('nobody-knows'), real('hv02'))).knownNames).toEqual(names);
    });

    it('says from which server and when', async () => {
      const before = Date.now();
      const question = { source: real('hv01'), destination: real('hv02'), services: [] };
      const seen = await world().directory.observe(aboutPair(question));
      expect(seen.server).toBe(world().directory.server);
      expect(seen.at).toBeGreaterThanOrEqual(before);
      expect(seen.at).toBeLessThanOrEqual(Date.now());
    });
  });
}

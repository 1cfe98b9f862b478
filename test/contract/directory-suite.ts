import type { Directory } from '../../src/core/ports';
import type { HostName } from '../../src/core/commands/ask';
import type { HostTraits } from '../../lab/directory/accounts';

/** A host of the world; SPNs and delegations may name hosts as the test does. */
export interface WorldHost extends HostTraits {
  name: string;
}

/** A domain with the directory under test, and another administrator who works in it behind the directory's back. */
export interface DirectoryWorld {
  readonly directory: Directory;
  readonly baseDn: string;
  /** How a host of the order is really called. */
  host(name: string): { name: string; fqdn: string; dn: string };
  /** msDS-AllowedToDelegateTo as it stands there. */
  stored(name: string): Promise<readonly string[]>;
  edit(name: string, edit: { add?: readonly string[]; delete?: readonly string[] }): Promise<void>;
  /** A computer without SPNs that has this dNSHostName; gives its short name. */
  addTwin(fqdn: string): Promise<string>;
  /** Gives the object another common name, and with it another DN. */
  rename(name: string): Promise<void>;
  /** Deletes the object and makes another of the same name. */
  replace(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** An account of a user whose name ends with `$`; gives the name without it. */
  addUser(): Promise<string>;
  close(): Promise<void>;
}

const hosts: readonly WorldHost[] = [
  { name: 'hv01', delegatesTo: ['cifs/Zoo', 'cifs/ape', 'CIFS/Bee'] },
  { name: 'hv02' },
  { name: 'odd', disabled: true, unconstrained: true, anyProtocol: false, adminCount: true },
  { name: 'own', explicitSpns: ['cifs/own'] },
  { name: 'taken' },
  { name: 'thief', explicitSpns: ['cifs/taken'] },
  { name: 'bare', migrationSpn: false },
  { name: 'writ' },
  { name: 'moved' },
  { name: 'reborn' },
  { name: 'gone' },
];

const short = (text: string): HostName => ({ kind: 'short', text });

/** What every directory does, on a world with these hosts. */
export function directorySuite(
  name: string,
  open: (hosts: readonly WorldHost[]) => Promise<DirectoryWorld>,
): void {
  describe(`the directory on ${name}`, () => {
    let world: DirectoryWorld;
    beforeAll(async () => {
      world = await open(hosts);
    });
    afterAll(() => world.close());

    const real = (text: string): HostName => short(world.host(text).name);
    const observe = (source: HostName, destination: HostName) =>
      world.directory.observe({ source, destination, services: ['cifs', 'migration'] });
    const find = async (asked: HostName) => (await observe(asked, real('hv02'))).source;
    const one = async (text: string) => {
      const [object, ...others] = await find(real(text));
      if (!object || others.length > 0) throw new Error(`${text} is not one object`);
      return object;
    };
    const change = async (text: string, values: { add?: readonly string[]; remove?: readonly string[] }) => {
      const { guid, dn } = await one(text);
      return { guid, dn, attribute: 'msDS-AllowedToDelegateTo', add: [], remove: [], ...values } as const;
    };

    describe('finding hosts', () => {
      it('finds one object by its short name, DNS name and DN, and shows it alike', async () => {
        const { name: text, fqdn, dn } = world.host('hv01');
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
        });
        const names: HostName[] = [
          { kind: 'fqdn', text: fqdn },
          { kind: 'dn', text: dn },
          { kind: 'dn', text: dn.toUpperCase().replaceAll(',', ' , ') },
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
        const { name: text, fqdn } = world.host('bare');
        const twin = await world.addTwin(fqdn);
        const found = await find({ kind: 'fqdn', text: fqdn });
        expect(found.map((object) => object.name).toSorted()).toEqual([text, twin].toSorted());
      });

      it('finds an account of that name that is no computer, and says what it is', async () => {
        const user = await world.addUser();
        const found = await find(short(user));
        expect(found.map((object) => object.name)).toEqual([user]);
        expect(found[0]?.objectClasses).toContain('user');
        expect(found[0]?.objectClasses).not.toContain('computer');
      });

      it.each<[string, () => HostName]>([
        ['an unknown name', () => short('nobody-knows')],
        ['a wildcard', () => short(`${world.host('hv01').name.slice(0, -1)}*`)],
        ['a piece of a filter', () => short('*)(objectClass=*')],
        ['a wildcard in a DNS name', () => ({ kind: 'fqdn', text: '*.mabofeng.com' })],
        ['a text that is no DN', () => ({ kind: 'dn', text: 'CN=hv01,,DC=com' })],
        ['a DN of nobody', () => ({ kind: 'dn', text: `CN=nobody,${world.baseDn}` })],
        ['a DN of another domain', () => ({ kind: 'dn', text: 'CN=hv01,DC=elsewhere,DC=com' })],
        ['a DN in another form', () => ({ kind: 'dn', text: '<WKGUID=x,DC=mabofeng,DC=com>' })],
        ['a DN with a long tail', () => ({ kind: 'dn', text: `${world.host('hv01').dn},DC=org` })],
      ])('finds nothing by %s', async (_title, asked) => {
        expect(await find(asked())).toEqual([]);
      });

      it('names the hosts of the search bases only when one was not found', async () => {
        expect((await observe(real('hv01'), real('hv02'))).knownNames).toEqual([]);
        const names = (await observe(real('hv01'), short('nobody-knows'))).knownNames;
        expect(names).toEqual(expect.arrayContaining([world.host('hv01').name, world.host('own').name]));
        expect((await observe(short('nobody-knows'), real('hv02'))).knownNames).toEqual(names);
      });

      it('says from which server and when', async () => {
        const before = Date.now();
        const seen = await observe(real('hv01'), real('hv02'));
        expect(seen.server).toBe(world.directory.server);
        expect(seen.at).toBeGreaterThanOrEqual(before);
        expect(seen.at).toBeLessThanOrEqual(Date.now());
      });
    });

    describe('holders of SPNs', () => {
      const holdersOf = async (
        text: string,
        service: 'cifs' | 'migration',
        kind: 'name' | 'fqdn' = 'name',
      ) => {
        const seen = await observe(real('hv01'), real(text));
        const serviceClass = service === 'cifs' ? 'cifs' : 'Microsoft Virtual System Migration Service';
        const found = seen.holders.find(({ spn }) => spn === `${serviceClass}/${world.host(text)[kind]}`);
        return found && { explicit: found.explicit.map(nameOf), viaHost: found.viaHost.map(nameOf) };
      };
      const nameOf = (holder: { name: string }) => holder.name;

      it('reads the four SPNs of two services, and two of one', async () => {
        const { name: text, fqdn } = world.host('hv02');
        const both = await observe(real('hv01'), real('hv02'));
        expect(both.holders.map(({ spn }) => spn)).toEqual([
          `cifs/${text}`,
          `cifs/${fqdn}`,
          `Microsoft Virtual System Migration Service/${text}`,
          `Microsoft Virtual System Migration Service/${fqdn}`,
        ]);
        const question = { source: real('hv01'), destination: real('hv02'), services: ['cifs'] } as const;
        expect((await world.directory.observe(question)).holders).toEqual(both.holders.slice(0, 2));
      });

      it('names the destination by HOST alone where cifs is not registered, and by its own text where it is', async () => {
        const { name: text } = world.host('hv02');
        expect(await holdersOf('hv02', 'cifs')).toEqual({ explicit: [], viaHost: [text] });
        expect(await holdersOf('hv02', 'cifs', 'fqdn')).toEqual({ explicit: [], viaHost: [text] });
        expect(await holdersOf('hv02', 'migration')).toMatchObject({ explicit: [text] });
        expect(await holdersOf('own', 'cifs')).toMatchObject({ explicit: [world.host('own').name] });
        expect(await holdersOf('bare', 'migration')).toMatchObject({ explicit: [] });
      });

      it('gives holders as objects: the same that a search by name finds', async () => {
        const { guid, name: text, dn } = await one('hv02');
        const seen = await observe(real('hv01'), real('hv02'));
        expect(seen.holders[0]?.viaHost).toEqual([{ guid, name: text, dn }]);
      });

      it('names another object that holds the SPN, beside the one that HOST names', async () => {
        expect(await holdersOf('taken', 'cifs')).toEqual({
          explicit: [world.host('thief').name],
          viaHost: [world.host('taken').name],
        });
      });

      it('reads none when the destination is not one object', async () => {
        expect((await observe(real('hv01'), short('nobody-knows'))).holders).toEqual([]);
      });
    });

    describe('writing', () => {
      it('adds exactly the values, leaves others alone, and refuses to do it twice', async () => {
        await world.edit('writ', { add: ['cifs/other'] });
        const add = await change('writ', { add: ['cifs/New', 'cifs/new.mabofeng.com'] });
        expect(await world.directory.modify(add)).toBe('changed');
        const after = ['cifs/New', 'cifs/new.mabofeng.com', 'cifs/other'];
        expect((await world.directory.read(add.guid))?.allowedToDelegateTo).toEqual(after);
        expect((await world.stored('writ')).toSorted()).toEqual(after);
        expect(await world.directory.modify(add)).toBe('conflict');
        expect((await world.stored('writ')).toSorted()).toEqual(after);
      });

      it('writes nothing when one of two values is already there', async () => {
        await world.edit('hv02', { add: ['cifs/there'] });
        const add = await change('hv02', { add: ['cifs/fresh', 'cifs/there'] });
        expect(await world.directory.modify(add)).toBe('conflict');
        expect(await world.stored('hv02')).toEqual(['cifs/there']);
      });

      it('removes exactly the values, or nothing when one is gone', async () => {
        await world.edit('own', { add: ['cifs/a', 'cifs/b', 'cifs/c'] });
        const remove = await change('own', { remove: ['cifs/a', 'cifs/b'] });
        expect(await world.directory.modify(remove)).toBe('changed');
        expect(await world.stored('own')).toEqual(['cifs/c']);
        const again = await change('own', { remove: ['cifs/b', 'cifs/c'] });
        expect(await world.directory.modify(again)).toBe('conflict');
        expect(await world.stored('own')).toEqual(['cifs/c']);
      });

      it('adds and removes in one', async () => {
        await world.edit('thief', { add: ['cifs/old'] });
        const both = await change('thief', { add: ['cifs/new'], remove: ['cifs/old'] });
        expect(await world.directory.modify(both)).toBe('changed');
        expect(await world.stored('thief')).toEqual(['cifs/new']);
      });

      it('refuses a modification without values, which would clear the list', async () => {
        await world.edit('taken', { add: ['cifs/kept'] });
        const nothing = await change('taken', {});
        await expect((async () => world.directory.modify(nothing))()).rejects.toThrow('invariant');
        expect(await world.stored('taken')).toEqual(['cifs/kept']);
      });

      it('writes an object that was renamed since', async () => {
        const add = await change('moved', { add: ['cifs/x'] });
        await world.rename('moved');
        expect(await world.directory.modify(add)).toBe('changed');
        const seen = await world.directory.read(add.guid);
        expect(seen?.allowedToDelegateTo).toEqual(['cifs/x']);
        expect(seen?.dn).not.toBe(add.dn);
      });

      it('does not write another object that took the name', async () => {
        const add = await change('reborn', { add: ['cifs/x'] });
        await world.replace('reborn');
        expect(await world.directory.modify(add)).toBe('conflict');
        expect(await world.stored('reborn')).toEqual([]);
      });
    });

    describe('reading by GUID', () => {
      it('reads what a search by name does', async () => {
        const object = await one('hv01');
        expect(await world.directory.read(object.guid)).toEqual(object);
      });

      it('knows nothing of an object that is gone, nor of what is no GUID', async () => {
        const add = await change('gone', { add: ['cifs/x'] });
        await world.remove('gone');
        expect(await world.directory.read(add.guid)).toBeNull();
        expect(await world.directory.modify(add)).toBe('conflict');
        expect(await world.directory.readEverywhere(add.guid)).toEqual([
          { server: world.directory.server, values: [] },
        ]);
        expect(await world.directory.read('ffffffff')).toBeNull();
        expect(await world.directory.read(`x>,${world.baseDn}`)).toBeNull();
      });

      it('reads the list on every server', async () => {
        const { guid, allowedToDelegateTo } = await one('hv01');
        expect(await world.directory.readEverywhere(guid)).toEqual([
          { server: world.directory.server, values: allowedToDelegateTo },
        ]);
      });
    });
  });
}

import { questionsTo, withoutGroups, type DirectoryWorld } from './directory-world';

/** One strict modify of one object, whatever it is called by now, and reading it back. */
export function writingAndReading(world: () => DirectoryWorld): void {
  const { one, named, change, find } = questionsTo(world);

  describe('writing', () => {
    it('adds exactly the values, leaves others alone, and refuses to do it twice', async () => {
      await world().edit('writ', { add: ['cifs/other'] });
      const add = await change('writ', { add: ['cifs/New', 'cifs/new.mabofeng.com'] });
      expect(await world().directory.modify(add)).toBe('changed');
      const after = ['cifs/New', 'cifs/new.mabofeng.com', 'cifs/other'];
      expect((await world().directory.read(add.guid))?.allowedToDelegateTo).toEqual(after);
      expect((await world().stored('writ')).toSorted()).toEqual(after);
      expect(await world().directory.modify(add)).toBe('conflict');
      expect((await world().stored('writ')).toSorted()).toEqual(after);
    });

    it('writes nothing when one of two values is already there', async () => {
      await world().edit('hv02', { add: ['cifs/there'] });
      const add = await change('hv02', { add: ['cifs/fresh', 'cifs/there'] });
      expect(await world().directory.modify(add)).toBe('conflict');
      expect(await world().stored('hv02')).toEqual(['cifs/there']);
    });

    it('removes exactly the values, or nothing when one is gone', async () => {
      await world().edit('own', { add: ['cifs/a', 'cifs/b', 'cifs/c'] });
      const remove = await change('own', { remove: ['cifs/a', 'cifs/b'] });
      expect(await world().directory.modify(remove)).toBe('changed');
      expect(await world().stored('own')).toEqual(['cifs/c']);
      const again = await change('own', { remove: ['cifs/b', 'cifs/c'] });
      expect(await world().directory.modify(again)).toBe('conflict');
      expect(await world().stored('own')).toEqual(['cifs/c']);
    });

    it('removes a value in whatever case it is named', async () => {
      await world().edit('odd', { add: ['cifs/Mixed', 'cifs/kept'] });
      const remove = await change('odd', { remove: ['CIFS/mixed'] });
      expect(await world().directory.modify(remove)).toBe('changed');
      expect(await world().stored('odd')).toEqual(['cifs/kept']);
    });

    it.each([
      ['add', { add: ['cifs/x'] }],
      ['remove what is not there', { remove: ['cifs/x'] }],
    ])('is refused, with what is lacking, where the account may not %s', async (_title, values) => {
      const { guid, dn } = await named(world().forbidden);
      const attribute = 'msDS-AllowedToDelegateTo';
      const forbidden = { guid, dn, attribute, add: [], remove: [], ...values } as const;
      await expect(world().directory.modify(forbidden)).rejects.toMatchObject({
        name: 'Fault',
        code: 'directory.access',
        retry: 'never',
        message: expect.stringContaining('LDAP result 50'),
        remedy: expect.stringContaining(dn.slice(dn.indexOf(',') + 1)),
      });
      expect((await world().directory.read(guid))?.allowedToDelegateTo).toEqual([]);
    });

    it('adds and removes in one', async () => {
      await world().edit('thief', { add: ['cifs/old'] });
      const both = await change('thief', { add: ['cifs/new'], remove: ['cifs/old'] });
      expect(await world().directory.modify(both)).toBe('changed');
      expect(await world().stored('thief')).toEqual(['cifs/new']);
    });

    it('refuses a modification without values, which would clear the list', async () => {
      await world().edit('taken', { add: ['cifs/kept'] });
      const nothing = await change('taken', {});
      await expect((async () => world().directory.modify(nothing))()).rejects.toThrow('invariant');
      expect(await world().stored('taken')).toEqual(['cifs/kept']);
    });

    it('writes an object that was renamed since', async () => {
      const add = await change('moved', { add: ['cifs/x'] });
      await world().rename('moved');
      expect(await world().directory.modify(add)).toBe('changed');
      const seen = await world().directory.read(add.guid);
      expect(seen?.allowedToDelegateTo).toEqual(['cifs/x']);
      expect(seen?.dn).not.toBe(add.dn);
      expect((await find({ kind: 'guid', text: add.guid })).map(withoutGroups)).toEqual([seen]);
    });

    it('does not write another object that took the name', async () => {
      const add = await change('reborn', { add: ['cifs/x'] });
      await world().replace('reborn');
      expect(await world().directory.modify(add)).toBe('conflict');
      expect(await world().stored('reborn')).toEqual([]);
    });
  });

  describe('reading by GUID', () => {
    it('reads what a search by name does, but for its groups', async () => {
      const object = await one('hv01');
      expect(await world().directory.read(object.guid)).toEqual(withoutGroups(object));
    });

    it('knows nothing of an object that is gone, nor of what is no GUID', async () => {
      const add = await change('gone', { add: ['cifs/x'] });
      await world().remove('gone');
      expect(await world().directory.read(add.guid)).toBeNull();
      expect(await world().directory.modify(add)).toBe('conflict');
      const { server, alternates } = world().directory;
      expect(await world().directory.readEverywhere(add.guid)).toEqual(
        [server, ...alternates.map((alternate) => alternate.server)].map((each) => ({
          server: each,
          seen: 'absent',
        })),
      );
      expect(await find({ kind: 'guid', text: add.guid })).toEqual([]);
      expect(await world().directory.read('ffffffff')).toBeNull();
      expect(await world().directory.read(`x>,${world().baseDn}`)).toBeNull();
    });
  });
}

import { aboutPair } from '../support/pair-observation';
import type { Directory } from '../../src/core/ports';
import { questionsTo, type DirectoryWorld } from './directory-world';

/** The other domain controllers of the settings, for when the writer fails. */
export function usingAlternates(world: () => DirectoryWorld): void {
  const { real, one, change } = questionsTo(world);
  const alternate = (): Directory => {
    const [only, ...others] = world().directory.alternates;
    if (!only || others.length > 0) throw new Error('The world has one alternate');
    return only;
  };
  const question = () => aboutPair({ source: real('hv01'), destination: real('hv02'), services: ['cifs'] });

  describe('an alternate', () => {
    it('is another server, and has no alternates itself', () => {
      expect(alternate().server).not.toBe(world().directory.server);
      expect(alternate().alternates).toEqual([]);
    });

    it('reads what the writer does, and says that it is from there', async () => {
      const { at: _at, ...seen } = await world().directory.observe(question());
      expect(await alternate().observe(question())).toMatchObject({ ...seen, server: alternate().server });
      expect((await alternate().survey()).server).toBe(alternate().server);
      const { guid } = await one('hv01');
      expect(await alternate().read(guid)).toEqual(await world().directory.read(guid));
    });

    it('writes', async () => {
      const add = await change('alt', { add: ['cifs/there'] });
      expect(await alternate().modify(add)).toBe('changed');
      expect(await world().stored('alt')).toEqual(['cifs/there']);
      expect(await alternate().modify(add)).toBe('conflict');
    });

    it('names itself in what it refuses', async () => {
      const { guid, dn } = await questionsTo(world).named(world().forbidden);
      const attribute = 'msDS-AllowedToDelegateTo';
      const forbidden = { guid, dn, attribute, add: ['cifs/x'], remove: [] } as const;
      await expect(alternate().modify(forbidden)).rejects.toMatchObject({
        code: 'directory.access',
        message: expect.stringContaining(alternate().server),
      });
    });

    it('goes on while the writer does not answer', async () => {
      const { guid } = await one('alt');
      const { directory } = world();
      const away = { name: 'Fault', retry: 'later' };
      world().takeDown(directory.server);
      await expect(directory.read(guid)).rejects.toMatchObject(away);
      await expect(directory.observe(question())).rejects.toMatchObject(away);
      await expect(directory.survey()).rejects.toMatchObject(away);
      expect((await alternate().observe(question())).hosts).toHaveLength(2);
      const more = { attribute: 'msDS-AllowedToDelegateTo', add: ['cifs/meanwhile'], remove: [] } as const;
      const { dn } = world().host('alt');
      expect(await alternate().modify({ guid, dn, ...more })).toBe('changed');
      world().bringBack(directory.server);
      expect((await directory.read(guid))?.allowedToDelegateTo).toEqual(['cifs/meanwhile', 'cifs/there']);
    });

    it('may be the one that does not answer', async () => {
      const { guid } = await one('alt');
      const { directory } = world();
      world().takeDown(alternate().server);
      await expect(alternate().read(guid)).rejects.toMatchObject({ name: 'Fault', retry: 'later' });
      expect(await directory.read(guid)).not.toBeNull();
      world().bringBack(alternate().server);
      expect(await alternate().read(guid)).not.toBeNull();
    });
  });

  describe('reading everywhere', () => {
    it('gives list and userAccountControl as each server has them, whoever is asked', async () => {
      const { guid, allowedToDelegateTo: values, userAccountControl: control } = await one('hv01');
      const all = [world().directory, alternate()].map(({ server }) => ({
        server,
        seen: { values, control },
      }));
      expect(await world().directory.readEverywhere(guid)).toEqual(all);
      expect(await alternate().readEverywhere(guid)).toEqual(all);
    });

    it('says of a server that is away nothing but that', async () => {
      const { guid, allowedToDelegateTo: values, userAccountControl: control } = await one('hv01');
      const { directory } = world();
      const servers = [directory.server, alternate().server];
      for (const server of servers) {
        world().takeDown(server);
        const readings = await directory.readEverywhere(guid);
        world().bringBack(server);
        expect(readings).toEqual(
          servers.map((each) => ({ server: each, seen: each === server ? 'silent' : { values, control } })),
        );
      }
    });
  });
}

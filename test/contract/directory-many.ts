import type { HostName } from '../../src/core/commands/ask';
import { questionsTo, short, withoutGroups, type DirectoryWorld } from './directory-world';

/** Questions about many hosts at once. Nothing may have been written yet. */
export function findingManyHosts(world: () => DirectoryWorld): void {
  const { ask, real, one } = questionsTo(world);
  const nameOf = (name: string): string => world().host(name).name;
  const cifsOf = (name: string): string[] => [`cifs/${nameOf(name)}`, `cifs/${world().host(name).fqdn}`];
  const migrating = ['hv01', 'hv02', 'odd', 'own', 'taken', 'thief', 'writ', 'moved', 'reborn', 'gone'];

  describe('finding many hosts', () => {
    it('gives every name once, in order, with what it means, and names one that means nothing', async () => {
      const sources = [real('hv02'), short('nobody-knows'), real('hv01')];
      const seen = await ask({ sources, destinations: [real('own'), real('hv01')] });
      expect(seen.hosts).toEqual([
        { asked: real('hv02'), found: [await one('hv02')] },
        { asked: short('nobody-knows'), found: [] },
        { asked: real('hv01'), found: [await one('hv01')] },
        { asked: real('own'), found: [await one('own')] },
      ]);
      expect(seen.all).toEqual([]);
      expect(seen.knownNames).toEqual(expect.arrayContaining([nameOf('hv01'), nameOf('bare')]));
    });

    it('finds one host by all its names in one question', async () => {
      const { fqdn, dn } = world().host('hv01');
      const names: HostName[] = [real('hv01'), { kind: 'fqdn', text: fqdn }, { kind: 'dn', text: dn }];
      const found = [await one('hv01')];
      expect((await ask({ sources: names })).hosts).toEqual(names.map((asked) => ({ asked, found })));
    });

    it('finds the first and the last of sixty names, and none of those between', async () => {
      const unknown = Array.from({ length: 58 }, (_, index) => short(`nobody-${index}`));
      const sources = [real('hv01'), ...unknown, real('hv02')];
      const { hosts } = await ask({ sources });
      expect(hosts.map(({ asked }) => asked)).toEqual(sources);
      expect(hosts.map(({ found }) => found.map(({ name }) => name))).toEqual([
        [nameOf('hv01')],
        ...unknown.map(() => []),
        [nameOf('hv02')],
      ]);
    });

    it('reads holders for destinations and for nobody else', async () => {
      const destinations = [real('hv02'), short('nobody-knows'), real('own')];
      const { holders } = await ask({ sources: [real('hv01'), real('taken'), real('own')], destinations });
      expect(holders.map(({ spn }) => spn).toSorted()).toEqual(
        [...cifsOf('hv02'), ...cifsOf('own')].toSorted(),
      );
      expect((await ask({ sources: [real('hv01')], destinations: [] })).holders).toEqual([]);
      expect((await ask({ sources: [], destinations, services: [] })).holders).toEqual([]);
    });
  });

  describe('finding all hosts', () => {
    it('gives each computer of the search bases that takes migrations, sorted, and reads its holders', async () => {
      await world().addMigratingUser();
      const names = migrating.map(nameOf).toSorted();
      const { all, hosts, holders } = await ask({ all: true });
      expect(all.map(({ name }) => name)).toEqual(names);
      expect(all).toContainEqual(await one('hv01'));
      expect(hosts).toEqual([]);
      expect(holders.map(({ spn }) => spn).toSorted()).toEqual(migrating.flatMap(cifsOf).toSorted());
    });

    it('gives them beside those that were named, and none where they were not asked for', async () => {
      const { all, hosts } = await ask({ all: true, sources: [real('bare'), real('hv01')] });
      expect(hosts.map(({ asked }) => asked)).toEqual([real('bare'), real('hv01')]);
      expect(all).toHaveLength(migrating.length);
      expect((await ask({ sources: [real('hv01')] })).all).toEqual([]);
    });

    it('knows of one outside the search bases, and leaves it out', async () => {
      const { all, hosts } = await ask({ all: true, sources: [short(world().outside)] });
      expect(hosts[0]?.found.map(({ name, spns }) => [name, spns.join(' ')])).toEqual([
        [world().outside, expect.stringContaining('Microsoft Virtual System Migration Service/')],
      ]);
      expect(all.map(({ name }) => name)).not.toContain(world().outside);
    });
  });
  describe('finding all that delegate', () => {
    it('gives every object of the domain with a list, users too, by name, and reads no holders for them', async () => {
      const user = await world().addDelegatingUser(['cifs/b', 'CIFS/a']);
      const { delegating, hosts, all, holders } = await ask({ delegating: true });
      expect([hosts, all, holders]).toEqual([[], [], []]);
      expect(delegating).toContainEqual(withoutGroups(await one('hv01')));
      const lists = new Map(delegating.map(({ name, allowedToDelegateTo }) => [name, allowedToDelegateTo]));
      expect(lists.get(user)).toEqual(['CIFS/a', 'cifs/b']);
      expect(lists.get(nameOf('hv02'))).toBeUndefined();
      const names = delegating.map(({ name }) => name);
      expect(names).toEqual(names.toSorted());
    });

    it('gives none where they were not asked for', async () => {
      expect((await ask({ sources: [real('hv01')], all: true })).delegating).toEqual([]);
    });
  });
}

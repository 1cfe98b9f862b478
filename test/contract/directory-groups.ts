import type { ComputerObject } from '../../src/core/delegation/observation';
import { questionsTo, short, type DirectoryWorld } from './directory-world';

/** Which groups a host is in, by whatever way: what decides about Tier 0. */
export function readingGroups(world: () => DirectoryWorld): void {
  const { ask, real, named, one } = questionsTo(world);
  const groupsOf = ({ groups }: ComputerObject): (string | null)[] | undefined =>
    groups?.map(({ dn }) => dn).toSorted();

  describe('the groups of a host', () => {
    let computers: string;
    let operators: string;
    let outer: string;
    let middle: string;
    let inner: string;
    beforeAll(async () => {
      computers = `CN=Domain Computers,CN=Users,${world().baseDn}`;
      operators = `CN=Print Operators,CN=Builtin,${world().baseDn}`;
      outer = await world().addGroup('outer');
      middle = await world().addGroup('middle', [outer]);
      inner = await world().addGroup('inner', [middle]);
    });

    it('are those that list it, and the primary group, which does not', async () => {
      const host = await named(await world().addMember('listed', [outer]));
      expect(groupsOf(host)).toEqual([computers, outer].toSorted());
      expect(host.memberOf).toEqual([outer]);
    });

    it('are also those that it is in through one, or through two others', async () => {
      const once = await named(await world().addMember('once', [middle]));
      expect(groupsOf(once)).toEqual([computers, middle, outer].toSorted());
      const twice = await named(await world().addMember('twice', [inner]));
      expect(groupsOf(twice)).toEqual([computers, inner, middle, outer].toSorted());
      expect(twice.memberOf).toEqual([inner]);
    });

    it('are also those that it is in through its primary group', async () => {
      const host = await named(await world().addMember('first', [inner], inner));
      expect(groupsOf(host)).toEqual(expect.arrayContaining([inner, middle, outer]));
      expect(host.memberOf).not.toContain(middle);
    });

    it('are also those of BUILTIN, listed and through others, with the SID that they have everywhere', async () => {
      const printing = await world().addGroup('printing', [operators]);
      const listed = await named(await world().addMember('prints', [operators]));
      const nested = await named(await world().addMember('printed', [printing]));
      for (const host of [listed, nested])
        expect(host.groups).toContainEqual({ sid: 'S-1-5-32-550', dn: operators });
      expect(groupsOf(nested)).toEqual([computers, operators, printing].toSorted());
    });

    it('are sorted by SID, and different groups have different ones of one domain', async () => {
      const host = await named(await world().addMember('sorted', [inner, operators]));
      const sids = host.groups?.map(({ sid }) => sid) ?? [];
      expect(sids).toEqual(sids.toSorted());
      expect(new Set(sids).size).toBe(5);
      expect(new Set(sids.map((sid) => sid.replace(/-\d+$/, ''))).size).toBe(2);
    });

    it('are known wherever one observation holds it', async () => {
      const seen = await ask({ sources: [real('hv01')], destinations: [], all: true, delegating: true });
      const host = await one('hv01');
      expect(host.groups).toHaveLength(1);
      expect(seen.hosts[0]?.found).toEqual([host]);
      expect(seen.all).toContainEqual(host);
      expect(seen.delegating).toContainEqual(host);
      expect(seen.all.filter(({ groups }) => !groups)).toEqual([]);
    });

    it('are not read where no service is asked for, of what is no computer, nor of one object', async () => {
      const { hosts, all } = await ask({ sources: [real('hv01')], all: true, services: [] });
      const objects = [...hosts.flatMap(({ found }) => found), ...all];
      expect(objects.length).toBeGreaterThan(1);
      expect(objects.filter(({ groups }) => groups)).toEqual([]);
      const dn = { kind: 'dn', text: outer } as const;
      const { hosts: others } = await ask({ sources: [dn, short('nobody-knows')] });
      expect(others[0]?.found.map(({ groups }) => groups)).toEqual([undefined]);
      const { guid } = await one('hv01');
      expect(await world().directory.read(guid)).not.toHaveProperty('groups');
    });

    it('hold an account that is enabled, by whatever way, and nobody else', async () => {
      const holds = async (name: string, group: string) =>
        world().directory.holdsGroup((await named(name)).dn, group);
      const listed = await world().addMember('holder', [outer]);
      const nested = await world().addMember('nested', [inner]);
      const primary = await world().addMember('primary', [inner], inner);
      const other = await world().addMember('other', [middle]);
      expect(await Promise.all([listed, nested, primary, other].map((name) => holds(name, outer)))).toEqual(
        Array(4).fill(true),
      );
      expect([await holds(listed, inner), await holds(other, inner)]).toEqual([false, false]);
      expect(await holds(listed, outer.toUpperCase())).toBe(true);
      // A group is no account, and what does not exist is in nothing.
      expect(await world().directory.holdsGroup(inner, outer)).toBe(false);
      const nobody = `CN=nobody-knows,${world().baseDn}`;
      expect(await world().directory.holdsGroup(nobody, outer)).toBe(false);
      expect(await holds(listed, nobody)).toBe(false);
    });

    it('hold no account that is disabled', async () => {
      const [enabled, disabled] = [await one('hv02'), await one('odd')];
      expect([enabled, disabled].map(({ userAccountControl }) => userAccountControl & 0x2)).toEqual([0, 2]);
      const holds = ({ dn }: ComputerObject) => world().directory.holdsGroup(dn, computers);
      expect([await holds(enabled), await holds(disabled)]).toEqual([true, false]);
    });
  });
}

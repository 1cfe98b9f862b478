import type { Survey } from '../../src/core/survey/survey';
import { questionsTo, withoutGroups, type DirectoryWorld } from './directory-world';

/** The whole domain's delegation at once. Other objects may live in the domain beside those of the suite. */
export function surveying(world: () => DirectoryWorld): void {
  const { one } = questionsTo(world);
  const name = (host: string): string => world().host(host).name;

  describe('surveying', () => {
    let survey: Survey;
    beforeAll(async () => {
      survey = await world().directory.survey();
    });
    const objectOf = (host: string) => survey.objects.filter((object) => object.name === name(host));
    const holdersOf = (spn: string) =>
      survey.holdings
        .filter((each) => each.spn === spn)
        .map(({ holders }) => holders.map((each) => each.name));

    it('says from which server and when', async () => {
      const before = Date.now();
      const { server, at, unread } = await world().directory.survey();
      expect(server).toBe(world().directory.server);
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(Date.now());
      expect(unread).toEqual([]);
    });

    it.each(['hv01', 'hv02', 'odd', 'own', 'taken', 'thief', 'bare'])(
      'reads %s once, as a search by name does, but for its groups',
      async (host) => {
        expect(objectOf(host)).toEqual([{ ...withoutGroups(await one(host)), actedOnBehalf: false }]);
      },
    );

    it('names no object twice', () => {
      const guids = survey.objects.map(({ guid }) => guid);
      expect(new Set(guids).size).toBe(guids.length);
    });

    it('knows that nobody holds what is delegated in vain, and asks for it by HOST too', () => {
      expect(holdersOf('cifs/Zoo')).toEqual([[]]);
      expect(holdersOf('HOST/zoo')).toEqual([[]]);
      expect(holdersOf('CIFS/Bee')).toEqual([[]]);
    });

    it('knows who holds the names of Hyper-V hosts, though nobody delegates to them', () => {
      const { name: own, fqdn } = world().host('own');
      expect(holdersOf(`cifs/${own}`)).toEqual([[own]]);
      expect(holdersOf(`cifs/${fqdn}`)).toEqual([[]]);
      expect(holdersOf(`HOST/${fqdn}`)).toEqual([[own]]);
      expect(holdersOf(`Microsoft Virtual System Migration Service/${fqdn}`)).toEqual([[own]]);
    });

    it('knows who holds the name of another', () => {
      const taken = name('taken');
      expect(holdersOf(`cifs/${taken}`)).toEqual([[name('thief')]]);
      expect(holdersOf(`HOST/${taken}`)).toEqual([[taken]]);
    });

    it('does not ask about a host that receives no migrations', () => {
      expect(holdersOf(`cifs/${name('bare')}`)).toEqual([]);
    });

    it('reads every object that a holding names', () => {
      const read = new Set(survey.objects.map(({ guid }) => guid));
      const named = survey.holdings.flatMap(({ holders }) => holders.map(({ guid }) => guid));
      expect(named.filter((guid) => !read.has(guid))).toEqual([]);
    });

    it('sees an edit by the next time', async () => {
      const spn = `cifs/${name('bare')}`;
      await world().edit('bare', { add: [spn] });
      const next = await world().directory.survey();
      const bare = next.objects.find((object) => object.name === name('bare'));
      expect(bare?.allowedToDelegateTo).toEqual([spn]);
      const holding = next.holdings.find((each) => each.spn === `HOST/${name('bare')}`);
      expect(holding?.holders.map((each) => each.name)).toEqual([name('bare')]);
      await world().edit('bare', { delete: [spn] });
    });
  });
}

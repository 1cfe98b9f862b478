import { observePair } from '../support/pair-observation';
import { questionsTo, short, type DirectoryWorld } from './directory-world';

/** Who holds the SPNs that the services of a destination need. */
export function holdersOfSpns(world: () => DirectoryWorld): void {
  const { real, observe, one } = questionsTo(world);

  describe('holders of SPNs', () => {
    const holdersOf = async (text: string, service: 'cifs' | 'migration', kind: 'name' | 'fqdn' = 'name') => {
      const seen = await observe(real('hv01'), real(text));
      const serviceClass = service === 'cifs' ? 'cifs' : 'Microsoft Virtual System Migration Service';
      const found = seen.holders.find(({ spn }) => spn === `${serviceClass}/${world().host(text)[kind]}`);
      return found && { explicit: found.explicit.map(nameOf), viaHost: found.viaHost.map(nameOf) };
    };
    const nameOf = (holder: { name: string }) => holder.name;

    it('reads the four SPNs of two services, and two of one', async () => {
      const { name: text, fqdn } = world().host('hv02');
      const both = await observe(real('hv01'), real('hv02'));
      expect(both.holders.map(({ spn }) => spn)).toEqual([
        `cifs/${text}`,
        `cifs/${fqdn}`,
        `Microsoft Virtual System Migration Service/${text}`,
        `Microsoft Virtual System Migration Service/${fqdn}`,
      ]);
      const question = { source: real('hv01'), destination: real('hv02'), services: ['cifs'] } as const;
      expect((await observePair(world().directory, question)).holders).toEqual(both.holders.slice(0, 2));
    });

    it('names the destination by HOST alone where cifs is not registered, and by its own text where it is', async () => {
      const { name: text } = world().host('hv02');
      expect(await holdersOf('hv02', 'cifs')).toEqual({ explicit: [], viaHost: [text] });
      expect(await holdersOf('hv02', 'cifs', 'fqdn')).toEqual({ explicit: [], viaHost: [text] });
      expect(await holdersOf('hv02', 'migration')).toMatchObject({ explicit: [text] });
      expect(await holdersOf('own', 'cifs')).toMatchObject({ explicit: [world().host('own').name] });
      expect(await holdersOf('bare', 'migration')).toMatchObject({ explicit: [] });
    });

    it('gives holders as objects: the same that a search by name finds', async () => {
      const { guid, name: text, dn } = await one('hv02');
      const seen = await observe(real('hv01'), real('hv02'));
      expect(seen.holders[0]?.viaHost).toEqual([{ guid, name: text, dn }]);
    });

    it('names another object that holds the SPN, beside the one that HOST names', async () => {
      expect(await holdersOf('taken', 'cifs')).toEqual({
        explicit: [world().host('thief').name],
        viaHost: [world().host('taken').name],
      });
    });

    it('names an object that holds it in a spelling that is the same for the directory, whatever else it is found by', async () => {
      const destinations = [real('blank'), real('spacer'), real('own')];
      const question = { sources: [], all: false, delegating: false, services: ['cifs'] } as const;
      const { holders } = await world().directory.observe({ ...question, destinations });
      const explicit = holders.map((each) => [each.spn, ...each.explicit.map(nameOf)]);
      const [blank, spacer, own] = ['blank', 'spacer', 'own'].map((name) => world().host(name));
      expect(explicit).toEqual([
        [`cifs/${blank?.name}`, spacer?.name],
        [`cifs/${blank?.fqdn}`],
        [`cifs/${spacer?.name}`],
        [`cifs/${spacer?.fqdn}`],
        [`cifs/${own?.name}`, own?.name],
        [`cifs/${own?.fqdn}`],
      ]);
    });

    it('reads none when the destination is not one object', async () => {
      expect((await observe(real('hv01'), short('nobody-knows'))).holders).toEqual([]);
    });
  });
}

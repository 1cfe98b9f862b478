import type { ProgramName } from '../../lab/programs';
import { startInstance, type Instance } from './instance';
import { KILL_PLACES } from './kill-places';
import { playKilledAt } from './kill-round';

/** One program killed at each of its places; a file each, so that they run side by side. */
export function killSuite(program: ProgramName): void {
  const places = KILL_PLACES[program].map((place, index) => ({ place, from: `from${index}` }));

  describe(`the program ${program}, killed`, () => {
    let instance: Instance;
    beforeAll(async () => {
      const hosts = ['to', ...places.map(({ from }) => from)].map((name) => ({ name }));
      instance = await startInstance({ hosts });
    });
    afterAll(() => instance.stop());

    it.each(places)(
      '$place, is replaced, and the request ends as reported',
      async ({ place, from }) => {
        await playKilledAt(instance, { program, place, from, to: 'to' });
        expect(await instance.ledger.openRequests()).toEqual([]);
      },
      50_000,
    );
  });
}

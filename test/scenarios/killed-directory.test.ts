import { startInstance, type Instance } from '../support/instance';
import { KILL_PLACES } from '../support/kill-places';
import { playKilledAt } from '../support/kill-round';

const places = KILL_PLACES.directory;

let instance: Instance;
beforeAll(async () => {
  const hosts = ['to', ...places.map((_, index) => `from${index}`)].map((name) => ({ name }));
  instance = await startInstance({ hosts });
}, 60_000);
afterAll(() => instance.stop());

describe('a directory worker killed', () => {
  it.each(places.map((place, index) => [place, `from${index}`]))(
    '%s is replaced, and the request ends as reported',
    async (place, from) => {
      await playKilledAt(instance, { program: 'directory', place, from, to: 'to' });
    },
    50_000,
  );
});

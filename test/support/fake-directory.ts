import { baseDn, containers } from '../../lab/directory/names';
import { simulatedHost } from '../../lab/directory/simulated-domain';
import type { Directory, Modification } from '../../src/core/ports';
import { Fault } from '../../src/core/problem';
import { openMemoryDirectory } from '../../src/jobs/directory/memory-directory';
import { openMemoryDomain } from '../../src/jobs/directory/memory-domain';

/** The directory in memory with three hosts, `hyper-v01` to `hyper-v03`, and ways to be in trouble, which a simulation has not. */
export interface FakeDirectory extends Directory {
  /** msDS-AllowedToDelegateTo of hyper-v01. */
  values: readonly string[];
  /** The same of any host. */
  valuesOf(host: string): readonly string[];
  setValues(host: string, values: readonly string[]): void;
  readonly modifies: Modification[];
  reads: number;
  /** What the next modifies do instead: once each, in order. `lost` takes effect and loses the answer. */
  readonly next: ('busy' | 'lost' | 'refused')[];
  isDown: boolean;
}

/** Makes the fake; times of observations come from `now`. */
export function fakeDirectory(now: () => number): FakeDirectory {
  const domain = openMemoryDomain();
  const container = containers.hyperV;
  for (const name of ['hyper-v01', 'hyper-v02', 'hyper-v03']) domain.add(simulatedHost({ name, container }));
  const within = { baseDn, searchBases: [container], writableBases: [container] };
  const inner = openMemoryDirectory({ domain, servers: ['dc1'], clock: { now }, ...within });
  const objectOf = (host: string) => domain.objects().find(({ name }) => name === host);
  const valuesOf = (host: string): readonly string[] => objectOf(host)?.allowedToDelegateTo ?? [];
  const reach = (): void => {
    if (fake.isDown)
      throw new Fault({ code: 'directory.unreachable', retry: 'later', message: 'dc1 is away.' });
  };
  const fake: FakeDirectory = {
    ...inner,
    get values() {
      return valuesOf('hyper-v01');
    },
    set values(wanted) {
      fake.setValues('hyper-v01', wanted);
    },
    valuesOf,
    setValues(host, wanted) {
      domain.change(objectOf(host)?.guid ?? '', { remove: valuesOf(host), add: wanted });
    },
    modifies: [],
    reads: 0,
    next: [],
    isDown: false,
    async observe(question) {
      reach();
      return inner.observe(question);
    },
    async read(guid) {
      reach();
      fake.reads += 1;
      return inner.read(guid);
    },
    async modify(change) {
      reach();
      fake.modifies.push(change);
      const trouble = fake.next.shift();
      if (trouble === 'busy')
        throw new Fault({ code: 'directory.busy', retry: 'later', message: 'dc1 is busy.' });
      if (trouble === 'refused') {
        throw new Fault({
          code: 'directory.access',
          retry: 'never',
          message: 'dc1 refused.',
          remedy: 'Grant it.',
        });
      }
      const result = await inner.modify(change);
      if (trouble === 'lost')
        throw new Fault({ code: 'directory.lost', retry: 'unknown', message: 'No answer.' });
      return result;
    },
    async readEverywhere(guid) {
      reach();
      return inner.readEverywhere(guid);
    },
  };
  return fake;
}

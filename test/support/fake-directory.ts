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
  /** Whether a host may act on another, as the KDC would say. */
  delegates(source: string, destination: string, service: 'cifs' | 'migration'): boolean;
  /** Lets a host delegate to these and nowhere else, for both services. */
  delegate(source: string, ...destinations: readonly string[]): void;
  /** userAccountControl of any host. */
  controlOf(host: string): number;
  setControl(host: string, control: number): void;
  /** What was sent, to any server, and to which. */
  readonly modifies: Modification[];
  readonly modifiedAt: string[];
  /** At the writer. */
  reads: number;
  /** What the next modifies do instead, at any server: once each, in order. `lost` takes effect and loses the answer. */
  readonly next: ('busy' | 'lost' | 'refused')[];
  /** The servers that do not answer. */
  readonly down: Set<string>;
  /** Whether the writer is one of them. */
  isDown: boolean;
}

interface FakeDirectoryOptions {
  /** The writer first; absent: dc1 alone. */
  readonly servers?: readonly [string, ...string[]];
  /** Whether the account may write userAccountControl; absent: it may not. */
  readonly mayWriteControl?: boolean;
  /** Hosts beside the three. */
  readonly more?: readonly string[];
}

type Trouble = Pick<FakeDirectory, 'modifies' | 'modifiedAt' | 'next'>;

const CLASSES = { cifs: 'cifs', migration: 'Microsoft Virtual System Migration Service' } as const;

/** Makes the fake; times of observations come from `now`. */
export function fakeDirectory(
  now: () => number,
  { more = [], ...options }: FakeDirectoryOptions = {},
): FakeDirectory {
  const domain = openMemoryDomain();
  const container = containers.hyperV;
  for (const name of ['hyper-v01', 'hyper-v02', 'hyper-v03', ...more])
    domain.add(simulatedHost({ name, container }));
  const within = { baseDn, searchBases: [container], writableBases: [container] };
  const down = new Set<string>();
  const inner = openMemoryDirectory({
    domain,
    servers: ['dc1'],
    down,
    clock: { now },
    ...within,
    ...options,
  });
  const objectOf = (host: string) => domain.objects().find(({ name }) => name === host);
  const guidOf = (host: string): string => objectOf(host)?.guid ?? '';
  const valuesOf = (host: string): readonly string[] => objectOf(host)?.allowedToDelegateTo ?? [];
  const controlOf = (host: string): number => objectOf(host)?.userAccountControl ?? 0;
  const trouble: Trouble = { modifies: [], modifiedAt: [], next: [] };
  const fake: FakeDirectory = {
    ...inTrouble(inner, { trouble, down }),
    alternates: inner.alternates.map((alternate) => inTrouble(alternate, { trouble, down })),
    get values() {
      return valuesOf('hyper-v01');
    },
    set values(wanted) {
      fake.setValues('hyper-v01', wanted);
    },
    valuesOf,
    setValues(host, wanted) {
      domain.change(guidOf(host), { remove: valuesOf(host), add: wanted });
    },
    delegates(source, destination, service) {
      const wanted = `${CLASSES[service]}/${destination}`.toLowerCase();
      return valuesOf(source).some((value) => value.toLowerCase() === wanted);
    },
    delegate(source, ...destinations) {
      const names = destinations.flatMap((name) => [name, `${name}.mabofeng.com`]);
      fake.setValues(
        source,
        Object.values(CLASSES).flatMap((service) => names.map((name) => `${service}/${name}`)),
      );
    },
    controlOf,
    setControl(host, control) {
      domain.setControl(guidOf(host), control);
    },
    ...trouble,
    reads: 0,
    down,
    get isDown() {
      return down.has(inner.server);
    },
    set isDown(isDown) {
      if (isDown) down.add(inner.server);
      else down.delete(inner.server);
    },
    async read(guid) {
      const read = inner.read(guid);
      if (!fake.isDown) fake.reads += 1;
      return read;
    },
  };
  return fake;
}

/** The same directory with what is to go wrong; nothing is sent to a server that is down. */
function inTrouble(
  directory: Directory,
  { trouble, down }: { trouble: Trouble; down: ReadonlySet<string> },
): Directory {
  const { server } = directory;
  return {
    ...directory,
    async modify(change) {
      if (down.has(server)) return directory.modify(change);
      trouble.modifies.push(change);
      trouble.modifiedAt.push(server);
      const next = trouble.next.shift();
      if (next === 'busy')
        throw new Fault({ code: 'directory.busy', retry: 'later', message: `${server} is busy.` });
      if (next === 'refused') {
        const message = `${server} refused.`;
        throw new Fault({ code: 'directory.access', retry: 'never', message, remedy: 'Grant it.' });
      }
      const result = await directory.modify(change);
      if (next === 'lost')
        throw new Fault({ code: 'directory.lost', retry: 'unknown', message: 'No answer.' });
      return result;
    },
  };
}

import type { ComputerObject, Observation } from '../../src/core/delegation/observation';
import type { Directory, Modification } from '../../src/core/ports';
import { Fault } from '../../src/core/problem';

/** A directory in memory with two hosts, `hyper-v01` and `hyper-v02`, and ways to be in trouble. */
export interface FakeDirectory extends Directory {
  /** msDS-AllowedToDelegateTo of hyper-v01. */
  values: string[];
  readonly modifies: Modification[];
  reads: number;
  /** What the next modifies do instead: once each, in order. `lost` takes effect and loses the answer. */
  readonly next: ('busy' | 'lost' | 'refused')[];
  isDown: boolean;
}

/** GUID of hyper-v01 in the fake directory. */
const SOURCE_GUID = '11111111-2222-3333-4444-555555555555';
const WORKSTATION_TRUST = 0x1000;
const ANY_PROTOCOL = 0x1000000;

function host(name: string, guid: string, allowedToDelegateTo: readonly string[]): ComputerObject {
  const fqdn = `${name}.mabofeng.com`;
  const migration = 'Microsoft Virtual System Migration Service';
  return {
    guid,
    dn: `CN=${name.toUpperCase()},OU=Hyper-V,DC=mabofeng,DC=com`,
    name,
    samAccountName: `${name.toUpperCase()}$`,
    dnsHostName: fqdn,
    objectClasses: ['top', 'person', 'organizationalPerson', 'user', 'computer'],
    userAccountControl: WORKSTATION_TRUST + ANY_PROTOCOL,
    primaryGroupId: 515,
    adminCount: false,
    spns: [`HOST/${name}`, `HOST/${fqdn}`, `${migration}/${name}`, `${migration}/${fqdn}`],
    allowedToDelegateTo,
    memberOf: [],
  };
}

/** Makes the fake; times of observations come from `now`. */
export function fakeDirectory(now: () => number): FakeDirectory {
  const destination = host('hyper-v02', '66666666-2222-3333-4444-555555555555', []);
  const reach = (): void => {
    if (fake.isDown)
      throw new Fault({ code: 'directory.unreachable', retry: 'later', message: 'dc1 is away.' });
  };
  const source = (): ComputerObject => host('hyper-v01', SOURCE_GUID, fake.values.toSorted());
  const fake: FakeDirectory = {
    server: 'dc1',
    values: [],
    modifies: [],
    reads: 0,
    next: [],
    isDown: false,
    async observe(): Promise<Observation> {
      reach();
      const { guid, name, dn } = destination;
      const holder = [{ guid, name, dn }];
      const cifs = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
      const holders = cifs.map((spn) => ({ spn, explicit: [], viaHost: holder }));
      const found = { source: [source()], destination: [destination], holders, knownNames: [] };
      return Promise.resolve({ server: 'dc1', at: now(), ...found });
    },
    async read() {
      reach();
      fake.reads += 1;
      return Promise.resolve(source());
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
      if (change.add.some((value) => fake.values.includes(value))) return Promise.resolve('conflict');
      fake.values = [...fake.values, ...change.add].filter((value) => !change.remove.includes(value));
      if (trouble === 'lost')
        throw new Fault({ code: 'directory.lost', retry: 'unknown', message: 'No answer.' });
      return Promise.resolve('changed');
    },
    async readEverywhere() {
      reach();
      return Promise.resolve([{ server: 'dc1', values: fake.values }]);
    },
    close: () => Promise.resolve(),
  };
  return fake;
}

import { readHost } from '../../../src/jobs/hyperv/host-answer';

const answer = {
  fqdn: 'a.lab',
  caption: 'Windows',
  build: 1,
  bootedAt: 1,
  memoryTotal: 1,
  memoryFree: 1,
  processors: 1,
  vendor: '',
  load: 1,
  versions: [],
  switches: [],
  disks: [],
  credentialGuard: false,
  balancers: [],
  paths: { machines: 'D:\\VMs', disks: 'E:\\VHDs' },
  routes: [],
  planned: [],
  migration: {
    enabled: true,
    auth: 1,
    transport: 1,
    most: 2,
    mostStorage: 2,
    anyNetwork: false,
    networks: [],
  },
  machines: [],
};
const route = (subnet: string, speed: number) => ({ subnet, speed });

it('keeps volumes that a path can be on', () => {
  const volume = (path: string) => ({ path, total: 2, free: 1 });
  const disks = ['C:\\', '\\\\?\\Volume{4c1b02c1-d990-11dc-99ae-806e6f6e6963}\\', 'D:\\Mounted\\'].map(
    volume,
  );
  expect(readHost({ ...answer, disks })?.disks.map(({ path }) => path)).toEqual(['C:\\', 'D:\\Mounted\\']);
});

describe('what a host says of its networks', () => {
  it.each([
    ['a speed', [route('10.0.5.0/24', 1e10)], [['10.0.5.0/24', 1e10]]],
    ['no adapter', [route('10.0.5.0/24', -1)], [['10.0.5.0/24', null]]],
    ['an adapter without a link', [route('10.0.5.0/24', 0)], [['10.0.5.0/24', null]]],
    ['all ones', [route('10.0.5.0/24', 2 ** 64)], [['10.0.5.0/24', null]]],
    [
      'two adapters in one subnet: the faster one',
      [route('10.0.5.0/24', 1e9), route('10.0.5.0/24', 1e10), route('10.0.5.0/24', -1)],
      [['10.0.5.0/24', 1e10]],
    ],
    [
      'routes that are no subnets',
      [route('224.0.0.0/4', 1), route('127.0.0.0/8', 1), route('10.0.5.7/32', 1), route('0.0.0.0/0', 1)],
      [],
    ],
  ])('%s', (_, routes, expected) => {
    const facts = readHost({ ...answer, routes });
    expect(facts?.links.map(({ subnet, bitsPerSecond }) => [subnet, bitsPerSecond])).toEqual(expected);
    expect(facts?.subnets).toEqual(expected.map(([subnet]) => subnet));
    expect(facts?.paths).toEqual({ machines: 'D:\\VMs', disks: 'E:\\VHDs' });
  });
});

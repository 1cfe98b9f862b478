import type { HostFacts } from '../../../src/core/hyperv-port';
import { linkBetween, linkSpeeds } from '../../../src/core/hyperv/link-speed';
import { facts } from '../../support/plan-world';

const TEN_GBIT = 10_000_000_000;

function host(
  speeds: Readonly<Record<string, number | null>>,
  networks: readonly string[] | 'any',
): HostFacts {
  const links = Object.entries(speeds).map(([subnet, bitsPerSecond]) => ({ subnet, bitsPerSecond }));
  const plain = facts('host', []);
  const anyNetwork = networks === 'any';
  return {
    ...plain,
    links,
    migration: { ...plain.migration, anyNetwork, networks: anyNetwork ? [] : networks },
  };
}

describe('the link between two hosts', () => {
  const both = { '10.0.5.0/24': TEN_GBIT, '10.0.1.0/24': TEN_GBIT / 10 };
  const slow = { ...both, '10.0.5.0/24': TEN_GBIT / 4 };

  it.each<[string, HostFacts, HostFacts, object | null]>([
    [
      'is the migration network that the source prefers, as fast as the slower end',
      host(both, ['10.0.5.0/24', '10.0.1.0/24']),
      host(slow, ['10.0.1.0/24', '10.0.5.0/24']),
      { subnet: '10.0.5.0/24', bytesPerMs: 312_500 },
    ],
    [
      'is one that both have',
      host(both, ['10.0.5.0/24', '10.0.1.0/24']),
      host(both, ['10.0.1.0/24']),
      { subnet: '10.0.1.0/24', bytesPerMs: 125_000 },
    ],
    [
      'is the slowest in common where any network may be taken',
      host(both, 'any'),
      host(both, 'any'),
      { subnet: '10.0.1.0/24', bytesPerMs: 125_000 },
    ],
    [
      'is known where one end allows any network and the other a single one',
      host(both, 'any'),
      host(both, ['10.0.5.0/24']),
      { subnet: '10.0.5.0/24', bytesPerMs: 1_250_000 },
    ],
    [
      'is not known without a network in common',
      host(both, ['10.0.5.0/24']),
      host(both, ['10.0.1.0/24']),
      null,
    ],
    [
      'is not known where an adapter does not say how fast it is',
      host(both, ['10.0.5.0/24']),
      host({ ...both, '10.0.5.0/24': null }, ['10.0.5.0/24']),
      null,
    ],
    [
      'is not known where the slowest of any may be one that says nothing',
      host({ ...both, '10.0.1.0/24': null }, 'any'),
      host(both, 'any'),
      null,
    ],
  ])('%s', (_, from, to, expected) => {
    expect(linkBetween(from, to)).toEqual(expected);
  });
});

describe('what hosts move over their links', () => {
  const reading = (name: string, of: HostFacts | null) => ({
    host: name,
    at: 0,
    ...(of ? { facts: of, silent: null } : { facts: null, silent: { code: '', message: '' } }),
  });
  const fast = host({ '10.0.5.0/24': TEN_GBIT }, ['10.0.5.0/24']);
  const slow = host({ '10.0.5.0/24': TEN_GBIT / 10 }, ['10.0.5.0/24']);
  const apart = host({ '10.0.9.0/24': TEN_GBIT }, ['10.0.9.0/24']);

  it('is what the fastest of their links takes; of a silent host, or one with no link, nothing is said', () => {
    const readings = [reading('a', fast), reading('b', fast), reading('c', slow), reading('d', apart)];
    expect(linkSpeeds([...readings, reading('e', null)])).toEqual({
      a: 1_250_000,
      b: 1_250_000,
      c: 125_000,
    });
  });
});

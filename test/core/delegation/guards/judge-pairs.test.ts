import fc from 'fast-check';

import { practiceHosts } from '../../../../lab/directory/accounts';
import { containers } from '../../../../lab/directory/names';
import type { HostName, Service } from '../../../../src/core/commands/ask';
import type { GuardInput, PairAsk } from '../../../../src/core/delegation/guards/guard';
import { judgePairs } from '../../../../src/core/delegation/guards/judge-pairs';
import { runGuards } from '../../../../src/core/delegation/guards/list';
import type { ComputerObject } from '../../../../src/core/delegation/observation';
import { planChange } from '../../../../src/core/delegation/plan-change';
import { inputFor } from '../many-hosts';
import { hostName, lookUp, practiceDomain, withHost } from '../practice-domain';
import { rackOf } from '../rack';

const names = [...practiceHosts.map(({ name }) => name), 'dc1', 'ghost99', 'hyper-v01.mabofeng.com'];
const services = fc.constantFrom<readonly Service[]>(['cifs'], ['migration'], ['cifs', 'migration']);
const oddities: fc.Arbitrary<Partial<ComputerObject>> = fc.constantFrom(
  {},
  { dnsHostName: null },
  { dnsHostName: 'hyper-v02.other.example' },
  { spns: [] },
  { primaryGroupId: 1105 },
  { allowedToDelegateTo: ['cifs/ghost99'] },
);

/** Hosts that are all asked for together, one of them odd, and how. */
interface Situation {
  readonly hosts: readonly string[];
  readonly odd: readonly [name: string, part: Partial<ComputerObject>];
  readonly services: readonly (readonly Service[])[];
  readonly trust: 'worker' | 'hand' | 'kerberos' | undefined;
  readonly most: number;
}

const situations: fc.Arbitrary<Situation> = fc.record({
  hosts: fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 6 }),
  odd: fc.tuple(fc.constantFrom(...names), oddities),
  services: fc.array(services, { minLength: 1, maxLength: 3 }),
  trust: fc.constantFrom(undefined, 'worker', 'hand', 'kerberos'),
  most: fc.constantFrom(1, 400),
});

/** Every pair of these hosts, as a plan has them judged. */
function pairsOf({ hosts, odd, services: asked, trust, most }: Situation): readonly GuardInput[] {
  const domain = withHost(practiceDomain(), ...odd);
  const known = new Map(hosts.map((name): [string, HostName] => [name, hostName(name)]));
  const name = (text: string) => known.get(text) ?? hostName(text);
  return hosts.flatMap((source, at) =>
    hosts
      .filter((destination) => destination !== source)
      .map((destination): GuardInput => {
        const ask: PairAsk = {
          source: name(source),
          destination: name(destination),
          services: asked[at % asked.length] ?? [],
        };
        return {
          ...lookUp(domain, ask),
          searchBases: [containers.hyperV],
          fileServerBases: [containers.fileServers],
          tier0: { hosts: ['hyper-v04'], groups: [containers.users] },
          caps: { valuesPerHost: most },
          wanted: hosts.map((each) => `cifs/${each}`),
          ...(trust && { trust }),
        };
      }),
  );
}

describe('the guards of many pairs', () => {
  it('say what each pair alone is told, each sentence once', () => {
    fc.assert(
      fc.property(situations, (asked) => {
        const pairs = pairsOf(asked);
        const each = pairs.flatMap((pair) => runGuards(pair));
        const once = new Map(each.map((verdict) => [`${verdict.check} ${verdict.sentence}`, verdict]));
        expect(judgePairs(pairs)).toEqual([...once.values()]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['list of a source', 'allowedToDelegateTo'],
    ['class of both', 'objectClasses'],
  ] as const)('read the %s as often for many pairs as for few', (_title, attribute) => {
    const [few, many] = [4, 32].map((count) => {
      let reads = 0;
      const rack = rackOf(count).map((host) => {
        const value = host[attribute];
        return Object.defineProperty({ ...host }, attribute, {
          enumerable: true,
          get: () => {
            reads += 1;
            return value;
          },
        });
      });
      const input = inputFor(rack, `delegate mesh rack-[01-${String(count).padStart(2, '0')}]`);
      reads = 0;
      expect(planChange(input).kind).toBe('plan');
      return reads / count;
    });
    expect(many).toBe(few);
  });

  it('look for the holders of an SPN once for each destination', () => {
    const [few, many] = [4, 32].map((count) => {
      let reads = 0;
      const input = inputFor(rackOf(count), `delegate mesh rack-[01-${String(count).padStart(2, '0')}]`);
      const holders = input.observation.holders.map((each) =>
        Object.defineProperty({ ...each }, 'explicit', {
          get: () => {
            reads += 1;
            return each.explicit;
          },
        }),
      );
      planChange({ ...input, observation: { ...input.observation, holders } });
      return reads / count;
    });
    expect(many).toBe(few);
  });
});

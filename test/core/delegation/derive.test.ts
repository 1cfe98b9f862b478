import fc from 'fast-check';

import { digest } from '../../../src/core/canonical';
import type { DirectoryPart, ListChange, Planned } from '../../../src/core/delegation/plan';
import { planKinds } from '../../../src/core/delegation/plan-change';
import { afterOf, listChanges, ownersOf, powersOf } from '../../../src/core/delegation/powers';
import { derivePart, planDelegation } from './pair-planning';
import { spnsFor } from '../../../src/core/delegation/spn';
import { isAmong, isSameSet, minusValues } from '../../../src/core/delegation/values';
import { anyCase, situations, withValues } from './arbitraries';
import { askFor, hostOf, lookUp, practiceDomain, withHost } from './practice-domain';

const domain = practiceDomain();

function partOf(planned: Planned): DirectoryPart {
  if (planned.kind === 'refused') throw new Error(JSON.stringify(planned.verdicts));
  return planned.part;
}

function changeOf(planned: Planned): ListChange {
  const [change] = listChanges(partOf(planned));
  if (!change) throw new Error('no change');
  return change;
}

describe('a plan of delegation', () => {
  it('shows the exact values before and after, the owners and the power', () => {
    const from = withHost(domain, 'hyper-v01', { allowedToDelegateTo: ['HTTP/x', 'CIFS/Hyper-V02'] });
    const planned = planDelegation(lookUp(from, askFor('hyper-v01', 'hyper-v02')));
    const { guid, dn } = hostOf(domain, 'hyper-v01');
    const owner = hostOf(domain, 'hyper-v02').guid;
    const migration = 'Microsoft Virtual System Migration Service';
    expect(planned.kind).toBe('plan');
    expect(partOf(planned)).toEqual({
      changes: [
        {
          kind: 'delegation-add',
          guid,
          dn,
          name: 'hyper-v01',
          by: 'worker',
          attribute: 'msDS-AllowedToDelegateTo',
          before: ['CIFS/Hyper-V02', 'HTTP/x'],
          add: [
            'cifs/hyper-v02.mabofeng.com',
            `${migration}/hyper-v02`,
            `${migration}/hyper-v02.mabofeng.com`,
          ],
          keep: [],
          remove: [],
          trust: 'any-protocol',
        },
      ],
      destinations: [
        {
          guid: owner,
          name: 'hyper-v02',
          spns: [
            { spn: `${migration}/hyper-v02`, through: 'explicit' },
            { spn: `${migration}/hyper-v02.mabofeng.com`, through: 'explicit' },
            { spn: 'cifs/hyper-v02.mabofeng.com', through: 'host' },
          ],
        },
      ],
      forMs: null,
    });
    const change = changeOf(planned);
    expect(afterOf(change)).toEqual([
      'CIFS/Hyper-V02',
      'cifs/hyper-v02.mabofeng.com',
      'HTTP/x',
      `${migration}/hyper-v02`,
      `${migration}/hyper-v02.mabofeng.com`,
    ]);
    expect(ownersOf(partOf(planned), change)).toEqual([
      { spn: 'cifs/hyper-v02.mabofeng.com', guid: owner, name: 'hyper-v02', through: 'host' },
      { spn: `${migration}/hyper-v02`, guid: owner, name: 'hyper-v02', through: 'explicit' },
      { spn: `${migration}/hyper-v02.mabofeng.com`, guid: owner, name: 'hyper-v02', through: 'explicit' },
    ]);
    expect(powersOf(partOf(planned))).toEqual([{ source: 'hyper-v01', destination: 'hyper-v02' }]);
  });

  it('tells that cifs is covered by HOST, or registered by its own text', () => {
    const explicit = withHost(domain, 'hyper-v02', {
      spns: [...hostOf(domain, 'hyper-v02').spns, 'cifs/HYPER-V02'],
    });
    const planned = planDelegation(lookUp(explicit, askFor('hyper-v01', 'hyper-v02', ['cifs'])));
    expect(ownersOf(partOf(planned), changeOf(planned)).map(({ spn, through }) => [spn, through])).toEqual([
      ['cifs/hyper-v02', 'explicit'],
      ['cifs/hyper-v02.mabofeng.com', 'host'],
    ]);
  });

  it('takes the trust mode from the any-protocol bit', () => {
    const bare = lookUp(domain, askFor('hyper-v-kerb', 'hyper-v02'));
    expect(changeOf(planDelegation(bare)).trust).toBe('kerberos-only');
  });

  it('has the kinds of its changes, each once, and none when it changes nothing', () => {
    const change = changeOf(planDelegation(lookUp(domain, askFor('hyper-v01', 'hyper-v02'))));
    expect(planKinds({ changes: [change, change] })).toEqual(['delegation-add']);
    expect(planKinds({ changes: [] })).toEqual([]);
  });

  it('is not derived where an object is missing or not the only one', () => {
    const input = lookUp(domain, askFor('hyper-v01', 'hyper-v99'));
    expect(planDelegation(input).kind).toBe('refused');
    expect(() => derivePart(input)).toThrow('invariant broken: a plan has one destination');
    const pair = lookUp(domain, askFor('hyper-v01', 'hyper-v02'));
    const { observation } = pair;
    expect(() => derivePart({ ...pair, observation: { ...observation, holders: [] } })).toThrow(
      'every added SPN has one owner',
    );
    const twice = { ...observation, source: [...observation.source, ...observation.source] };
    expect(() => derivePart({ ...pair, observation: twice })).toThrow('a plan has one source');
  });

  it('gives exactly what was there and what was asked, and adds only what is missing', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const planned = planDelegation(situation.input);
        const asked = spnsFor(hostOf(domain, situation.destination), situation.services);
        const there = [...situation.unrelated, ...situation.present];
        const missing = minusValues(asked, situation.present);
        expect(planned.kind).toBe(missing.length === 0 ? 'already-so' : 'plan');
        const part = partOf(planned);
        expect(part.changes).toHaveLength(missing.length === 0 ? 0 : 1);
        for (const change of listChanges(part)) {
          expect(powersOf(part)).toEqual([{ source: situation.source, destination: situation.destination }]);
          expect(change.add).toEqual(missing);
          expect(isSameSet(afterOf(change), [...there, ...asked])).toBe(true);
          expect(afterOf(change)).toHaveLength(there.length + missing.length);
          expect(ownersOf(part, change).map(({ spn }) => spn)).toEqual(change.add);
        }
      }),
    );
  });

  it('keeps every value that is there as it is spelled', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        for (const change of listChanges(partOf(planDelegation(situation.input)))) {
          for (const value of [...situation.unrelated, ...situation.present]) {
            expect(change.before).toContain(value);
            expect(afterOf(change)).toContain(value);
          }
        }
      }),
    );
  });

  it('is already so once it is carried out', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const [change] = listChanges(partOf(planDelegation(situation.input)));
        fc.pre(change !== undefined);
        expect(planDelegation(withValues(situation, afterOf(change))).kind).toBe('already-so');
      }),
    );
  });

  it('is one of an allowed class and of the asked destination in every value that it adds', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const asked = spnsFor(hostOf(domain, situation.destination), ['cifs', 'migration']);
        const added = listChanges(partOf(planDelegation(situation.input))).flatMap(({ add }) => add);
        expect(added.filter((value) => !isAmong(asked, value))).toEqual([]);
      }),
    );
  });

  it('has one digest, whatever the order of what was read and the spelling of what is not kept', () => {
    const keys = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
    const spelled = fc.tuple(anyCase('hyper-v02.mabofeng.com'), anyCase('cifs/hyper-v02'));
    fc.assert(
      fc.property(situations, keys, spelled, (situation, order, [dnsHostName, spn]) => {
        const shuffled = <T>(list: readonly T[]) =>
          list.toSorted((a, b) => (order[list.indexOf(a)] ?? 0) - (order[list.indexOf(b)] ?? 0));
        const { observation } = situation.input;
        const input = {
          ...situation.input,
          ask: { ...situation.input.ask, services: shuffled(situation.services) },
          observation: {
            ...observation,
            source: observation.source.map((object) => ({
              ...object,
              allowedToDelegateTo: shuffled(object.allowedToDelegateTo),
            })),
            destination: observation.destination.map((object) =>
              object.name === 'hyper-v02' ? { ...object, dnsHostName } : object,
            ),
            holders: shuffled(observation.holders).map((each) =>
              each.spn === 'cifs/hyper-v02' ? { ...each, spn } : each,
            ),
          },
        };
        expect(digest(partOf(planDelegation(input)))).toBe(digest(partOf(planDelegation(situation.input))));
      }),
    );
  });
});

import fc from 'fast-check';

import { isDeepStrictEqual } from 'node:util';

import { canonicalText } from '../../../src/core/canonical';
import { deriveAgain, planDelegation } from './pair-planning';
import { situations, withValues } from './arbitraries';
import { mutations } from './mutations';
import { afterOf } from '../../../src/core/delegation/powers';
import { after, ask, decided, domain, edited, fresh, onlyChange, planned } from './decided';
import { lookUp } from './practice-domain';

describe('deriving a decided part again', () => {
  it('is the same while nothing has changed', () => {
    expect(deriveAgain(lookUp(domain, ask), decided)).toEqual({ kind: 'same', part: decided });
  });

  it('is the same after our own write, whatever has not changed', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const plan = planDelegation(situation.input);
        fc.pre(plan.kind === 'plan');
        const written = afterOf(onlyChange(plan.part));
        expect(deriveAgain(situation.input, plan.part)).toEqual({ kind: 'same', part: plan.part });
        expect(deriveAgain(withValues(situation, written.toReversed()), plan.part)).toEqual({
          kind: 'same',
          part: plan.part,
        });
      }),
    );
  });

  it('is never the same for a part that a guard refuses, however well it is made', () => {
    const tier0 = { hosts: ['hyper-v02'], groups: [] };
    for (const allowedToDelegateTo of [planned.before, after]) {
      const input = { ...fresh('hyper-v01', { allowedToDelegateTo }), tier0 };
      expect(deriveAgain(input, decided).kind).toBe('stale');
    }
  });

  it.each([
    ['before our write', planned.before],
    ['after our write', after],
  ])('is never the same when one place of the plan was edited: %s', (_, allowedToDelegateTo) => {
    const input = fresh('hyper-v01', { allowedToDelegateTo });
    const others = mutations(decided).filter((other) => canonicalText(other) !== canonicalText(decided));
    expect(others.length).toBeGreaterThan(200);
    const kept = others.filter((other) => deriveAgain(input, other).kind === 'same');
    expect(kept).toEqual([]);
  });

  it('is never the same when values before and after our write are respelled alike', () => {
    const respelled = (values: readonly string[]) =>
      values.map((value) => value.replace('cifs/ghost', 'CIFS/ghost'));
    const other = edited({ before: respelled(planned.before) });
    for (const allowedToDelegateTo of [planned.before, after]) {
      expect(deriveAgain(fresh('hyper-v01', { allowedToDelegateTo }), other).kind).toBe('stale');
    }
  });

  it('is never the same when two places of the plan were edited', () => {
    const inputs = [planned.before, after].map((values) =>
      fresh('hyper-v01', { allowedToDelegateTo: values }),
    );
    const once = fc.constantFrom(...mutations(decided).filter((other) => other !== null));
    const twice = once.chain((other) => fc.constantFrom(...mutations(other ?? {})));
    fc.assert(
      fc.property(twice, fc.constantFrom(...inputs), (other, input) => {
        fc.pre(canonicalText(other) !== canonicalText(decided));
        expect(deriveAgain(input, other).kind).not.toBe('same');
      }),
      { numRuns: 500 },
    );
  });

  it('answers whatever the plan contains, and only the same digest is the same', () => {
    const change = fc.record({
      kind: fc.constant('delegation-add'),
      guid: fc.constantFrom(planned.guid, 'x'),
      dn: fc.constantFrom(planned.dn, '', '\\'),
      name: fc.constantFrom(planned.name, '__proto__', '\uD800'),
      attribute: fc.constant('msDS-AllowedToDelegateTo'),
      by: fc.constantFrom('worker', 'hand'),
      before: fc.array(fc.constantFrom(...after, '/', '')),
      add: fc.subarray([...after]),
      keep: fc.subarray([...after], { maxLength: 1 }),
      remove: fc.subarray([...after], { maxLength: 1 }),
      trust: fc.constantFrom('any-protocol', 'kerberos-only'),
    });
    const part = fc.record({
      changes: fc.array(change, { maxLength: 2 }),
      destinations: fc.subarray([...decided.destinations]),
      forMs: fc.constantFrom(null, 1),
    });
    const input = fresh('hyper-v01', { allowedToDelegateTo: after });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), part), (other) => {
        const again = deriveAgain(input, other);
        expect(again.kind === 'same').toBe(isDeepStrictEqual(JSON.parse(JSON.stringify(other)), decided));
        expect(again.kind === 'same' ? '.' : again.sentence).toMatch(/[.…]$/);
      }),
      { numRuns: 1000 },
    );
  });
});

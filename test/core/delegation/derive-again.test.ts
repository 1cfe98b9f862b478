import fc from 'fast-check';

import { isDeepStrictEqual } from 'node:util';

import { canonicalText } from '../../../src/core/canonical';
import { deriveAgain, planDelegation } from './pair-planning';
import { situations, withValues } from './arbitraries';
import { ask, decided, domain, edited, fresh, onlyChange, planned } from './decided';
import { lookUp } from './practice-domain';

/** Every way to edit one place of a JSON value: other leaves, lists longer, shorter and reordered, keys more and fewer. */
function mutations(value: unknown): unknown[] {
  if (typeof value === 'string')
    return [`${value}x`, value.toUpperCase(), value.slice(1), '', null, 7, [value]];
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    const inside = list.flatMap((each, at) => mutations(each).map((other) => list.with(at, other)));
    const around = [
      [],
      list.toReversed(),
      [...list, ...list.slice(0, 1)],
      list.slice(1),
      list.slice(0, -1),
      {},
    ];
    return [...inside, ...around, [...list, 'ldap/dc1'], ['cifs/dc1', ...list]];
  }
  if (value === null || typeof value !== 'object') return ['other'];
  const entries = Object.entries(value);
  return [
    ...entries.flatMap(([key, each]) => mutations(each).map((other) => ({ ...value, [key]: other }))),
    ...entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key))),
    { ...value, more: 1 },
    [],
    null,
  ];
}

describe('deriving a decided part again', () => {
  it('is the same while nothing has changed', () => {
    expect(deriveAgain(lookUp(domain, ask), decided)).toEqual({ kind: 'same', part: decided });
  });

  it('is the same after our own write, whatever has not changed', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const plan = planDelegation(situation.input);
        fc.pre(plan.kind === 'plan');
        const { after } = onlyChange(plan.part);
        expect(deriveAgain(situation.input, plan.part)).toEqual({ kind: 'same', part: plan.part });
        expect(deriveAgain(withValues(situation, after.toReversed()), plan.part)).toEqual({
          kind: 'same',
          part: plan.part,
        });
      }),
    );
  });

  it('is never the same for a part that a guard refuses, however well it is made', () => {
    const tier0 = { hosts: ['hyper-v02'], groups: [] };
    for (const allowedToDelegateTo of [planned.before, planned.after]) {
      const input = { ...fresh('hyper-v01', { allowedToDelegateTo }), tier0 };
      expect(deriveAgain(input, decided).kind).toBe('stale');
    }
  });

  it.each([
    ['before our write', planned.before],
    ['after our write', planned.after],
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
    const other = edited({ before: respelled(planned.before), after: respelled(planned.after) });
    for (const allowedToDelegateTo of [planned.before, planned.after]) {
      expect(deriveAgain(fresh('hyper-v01', { allowedToDelegateTo }), other).kind).toBe('stale');
    }
  });

  it('is never the same when two places of the plan were edited', () => {
    const inputs = [planned.before, planned.after].map((values) =>
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
      before: fc.array(fc.constantFrom(...planned.after, '/', '')),
      after: fc.constantFrom(planned.after, planned.before, []),
      add: fc.subarray([...planned.after]),
      trust: fc.constantFrom('any-protocol', 'kerberos-only'),
      owners: fc.subarray([...planned.owners]),
    });
    const part = fc.record({
      changes: fc.array(change, { maxLength: 2 }),
      powers: fc.constant(decided.powers),
    });
    const input = fresh('hyper-v01', { allowedToDelegateTo: planned.after });
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

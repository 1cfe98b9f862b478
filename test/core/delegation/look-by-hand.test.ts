import fc from 'fast-check';

import { lookAt, lookByHand, type Seen, type SeenByHand } from '../../../src/core/delegation/look';
import type { ListChange, TrustChange } from '../../../src/core/delegation/plan';
import { minusValues } from '../../../src/core/delegation/values';
import { anyCase } from './arbitraries';

const object = { guid: 'g', dn: 'CN=a', name: 'a', by: 'hand' as const };
const addition: ListChange = {
  ...object,
  kind: 'delegation-add',
  attribute: 'msDS-AllowedToDelegateTo',
  before: ['cifs/mine'],
  add: ['cifs/a', 'cifs/b'],
  keep: [],
  remove: [],
  trust: 'any-protocol',
};
const removal: ListChange = {
  ...addition,
  kind: 'delegation-remove',
  before: ['cifs/a', 'cifs/b', 'cifs/mine'],
  add: [],
  remove: ['cifs/a', 'cifs/b'],
};
const trust: TrustChange = {
  ...object,
  kind: 'trust-mode',
  attribute: 'userAccountControl',
  before: 0x1000,
  after: 0x100_1000,
};
const seen = (values: readonly string[], userAccountControl = 0x1000) => ({
  allowedToDelegateTo: values,
  userAccountControl,
});
const partly = (...missing: readonly string[]): SeenByHand => ({ kind: 'partly', missing });
const kind = (each: Seen): SeenByHand => ({ kind: each });

describe('a look at what a person is to do', () => {
  it.each<[title: string, change: ListChange, values: readonly string[], found: SeenByHand]>([
    ['nothing is done yet', addition, ['cifs/mine'], kind('before')],
    ['one value is there', addition, ['cifs/mine', 'CIFS/B'], partly('cifs/a')],
    ['all is there', addition, ['CIFS/A', 'cifs/b', 'cifs/mine'], kind('after')],
    ['another value came', addition, ['cifs/mine', 'cifs/b', 'cifs/else'], kind('stale')],
    ['what was there is gone', addition, ['cifs/b'], kind('stale')],
    ['nothing is there at all', addition, [], kind('stale')],
    ['nothing was removed yet', removal, ['cifs/a', 'cifs/b', 'cifs/mine'], kind('before')],
    ['one value is still there', removal, ['CIFS/a', 'cifs/mine'], partly('cifs/a')],
    ['all of it is gone', removal, ['cifs/MINE'], kind('after')],
    ['more than that is gone', removal, ['cifs/a'], kind('stale')],
    ['another value came, too', removal, ['cifs/a', 'cifs/mine', 'cifs/else'], kind('stale')],
    [
      'only values are to be kept',
      { ...addition, add: [], keep: ['cifs/mine'] },
      ['cifs/mine'],
      kind('after'),
    ],
  ])('tells when %s', (_title, change, values, found) => {
    expect(lookByHand(change, seen(values))).toEqual(found);
  });

  it('is stale when the object is gone', () => {
    for (const change of [addition, removal, trust]) {
      expect(lookByHand(change, null)).toEqual({ kind: 'stale' });
    }
  });

  it.each<[title: string, control: number, found: Seen]>([
    ['as it was', 0x1000, 'before'],
    ['as planned', 0x100_1000, 'after'],
    ['with the bit, whatever else was changed', 0x101_1002, 'after'],
    ['without the bit, and something else changed', 0x1_1000, 'stale'],
    ['disabled meanwhile', 0x1002, 'stale'],
    ['unconstrained', 0x8_1000, 'stale'],
    ['unconstrained with the bit', 0x108_1000, 'stale'],
    ['zero', 0, 'stale'],
  ])('knows a trust mode by its one bit: %s', (_title, control, found) => {
    expect(lookAt(trust, seen([], control))).toBe(found);
    expect(lookByHand(trust, seen(['cifs/x'], control))).toEqual({ kind: found });
  });

  it('agrees with the look of the worker, and names exactly what is left to do in between', () => {
    const value = fc.constantFrom('cifs/a', 'cifs/b', 'cifs/mine', 'cifs/else').chain(anyCase);
    const changes = fc.constantFrom(addition, removal);
    fc.assert(
      fc.property(changes, fc.array(value), (change, values) => {
        const look = lookAt(change, seen(values));
        const found = lookByHand(change, seen(values));
        expect(found.kind === 'partly' ? 'stale' : found.kind).toBe(look);
        const left = found.kind === 'partly' ? found.missing : [];
        const added = [...values, ...change.add.filter((each) => left.includes(each))];
        const removed = minusValues(
          added,
          change.remove.filter((each) => left.includes(each)),
        );
        expect(found.kind === 'partly' ? lookAt(change, seen(removed)) : look).toBe(
          found.kind === 'partly' ? 'after' : look,
        );
        expect(found.kind === 'partly').toBe(left.length > 0);
      }),
    );
  });
});

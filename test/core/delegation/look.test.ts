import fc from 'fast-check';

import { difference, lookAt } from '../../../src/core/delegation/look';
import { anyCase } from './arbitraries';

const change = {
  attribute: 'msDS-AllowedToDelegateTo' as const,
  before: ['cifs/ghost99'],
  add: ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'],
  remove: [],
};
const { before } = change;
const after = ['cifs/ghost99', 'cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
const holding = (values: readonly string[]) => ({
  allowedToDelegateTo: values,
  userAccountControl: 0x100_1000,
});

describe('a look at an object', () => {
  it.each([
    ['the values before', before, 'before'],
    ['the values before, spelled otherwise', ['CIFS/Ghost99'], 'before'],
    ['the values after', after, 'after'],
    [
      'the values after, in another order and spelling',
      after.toReversed().map((v) => v.toUpperCase()),
      'after',
    ],
    ['no values', [], 'stale'],
    ['no object', null, 'stale'],
    ['a part of what is added', after.slice(0, 2), 'stale'],
    ['a further value beside those before', [...before, 'cifs/hyper-v04'], 'stale'],
    ['a further value beside those after', [...after, 'cifs/hyper-v04'], 'stale'],
    ['what is added without what was there', change.add, 'stale'],
  ])('sees %s', (_, values, seen) => {
    expect(lookAt(change, values && holding(values))).toBe(seen);
  });

  it('sees a change that changes nothing as carried out', () => {
    expect(lookAt({ ...change, add: [] }, holding(before))).toBe('after');
    expect(lookAt({ ...change, before: [], add: [] }, holding([]))).toBe('after');
    expect(lookAt({ ...change, before: [], add: [] }, null)).toBe('stale');
  });

  it('sees nothing but before and after, whatever the values are', () => {
    const value = fc.constantFrom(...after, 'cifs/hyper-v04', 'X/y').chain(anyCase);
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const { gone, extra } = difference(change, values);
        const isStale = gone.length + extra.length > 0;
        expect(lookAt(change, holding(values)) === 'stale').toBe(isStale);
      }),
    );
  });

  it.each([
    ['added before our write', [...before, 'cifs/hyper-v04'], { gone: [], extra: ['cifs/hyper-v04'] }],
    ['added after our write', [...after, 'cifs/hyper-v04'], { gone: [], extra: ['cifs/hyper-v04'] }],
    ['removed before our write', [], { gone: ['cifs/ghost99'], extra: [] }],
    ['removed after our write', change.add, { gone: ['cifs/ghost99'], extra: [] }],
    ['a part of ours', after.slice(0, 2), { gone: [], extra: ['cifs/hyper-v02'] }],
    ['the values before', before, { gone: [], extra: [] }],
    ['the values after', after, { gone: [], extra: [] }],
  ])('tells what is gone and what is extra: %s', (_, values, told) => {
    expect(difference(change, values)).toEqual(told);
  });
});

import fc from 'fast-check';
import { canonicalText, digest } from '../../src/core/canonical';
import { anyText } from '../support/any-text';

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    tie('value'),
    { maxKeys: 4 },
  ),
})).value;

describe('canonical text', () => {
  it('reads back as the same value', () => {
    fc.assert(fc.property(plain, (value) => expect(JSON.parse(canonicalText(value))).toEqual(value)));
  });

  it('is JSON where there are no keys to be put in order', () => {
    const lists = fc.array(fc.oneof(anyText(), fc.integer(), fc.array(fc.string())));
    fc.assert(fc.property(lists, (value) => expect(canonicalText(value)).toBe(JSON.stringify(value))));
  });

  it('does not depend on the order of keys', () => {
    expect(canonicalText({ b: 1, a: [{ d: null, c: 'x' }] })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
    expect(digest({ a: 1, b: 2 })).toBe(digest({ b: 2, a: 1 }));
  });

  it.each([[1.5], [Number.NaN], [2 ** 53], [undefined], [() => 1]])(
    'refuses %p, which has no single spelling',
    (value) => {
      expect(() => canonicalText(value)).toThrow(TypeError);
    },
  );
});

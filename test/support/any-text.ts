import fc from 'fast-check';

/** Half pairs of surrogates are no characters. */
const SURROGATES = { first: 0xd800, count: 0x800 };

/** Any character of Unicode: fast-check's own `binary` draws up a table of all of them, which takes more than a second in each test file. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10_ff_ff - SURROGATES.count })
  .map((at) => String.fromCodePoint(at < SURROGATES.first ? at : at + SURROGATES.count));

/** A text of any characters. */
export function anyText(limits: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ ...limits, unit: anyCharacter });
}

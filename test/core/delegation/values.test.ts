import fc from 'fast-check';

import {
  among,
  foldCase,
  isAmong,
  isSameSet,
  minusValues,
  sortValues,
  unionValues,
} from '../../../src/core/delegation/values';

describe('values of the directory', () => {
  it('keep their stored spelling and sort without regard to case', () => {
    expect(sortValues(['cifs/b', 'HOST/a', 'CIFS/A', 'cifs/A'])).toEqual([
      'CIFS/A',
      'cifs/A',
      'cifs/b',
      'HOST/a',
    ]);
  });

  it('are found in any spelling', () => {
    expect(isAmong(['cifs/Hyper-V02'], 'CIFS/hyper-v02')).toBe(true);
    expect(isAmong(['cifs/hyper-v02'], 'cifs/hyper-v0')).toBe(false);
  });

  it('are found in any spelling when many are asked about', () => {
    const isThere = among(['cifs/Hyper-V02', 'X/\u00C9']);
    const asked = ['cifs/Hyper-V02', 'CIFS/hyper-v02', 'x/\u00C9', 'x/\u00E9', 'cifs/hyper-v0', ''];
    expect(asked.map(isThere)).toEqual([true, true, true, false, false, false]);
    expect(asked.map(among([]))).toEqual(asked.map(() => false));
  });

  it('fold ASCII letters and no others', () => {
    const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom('A', 'z', '\u0130', '\u212A', '\u00DF'), fc.string()),
    });
    fc.assert(fc.property(text, (each) => expect(foldCase(each)).toBe(folded(each))));
  });

  it('are not the same when letters only look alike', () => {
    expect(foldCase('KELVIN')).toBe('kelvin');
    expect(isAmong(['cifs/\u212Aelvin'], 'cifs/kelvin')).toBe(false);
    expect(isAmong(['cifs/ｈyper-v01'], 'cifs/hyper-v01')).toBe(false);
  });

  it('fold ASCII letters and nothing else, whatever else a text contains', () => {
    const unit = fc.constantFrom(
      'a',
      'Z',
      'é',
      'É',
      'ß',
      '\u212A',
      'İ',
      'ｈ',
      'Σ',
      '\uD800',
      '/',
      '\u{1F600}',
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const letters = Array.from(text, (char) => (/^[A-Z]$/.test(char) ? char.toLowerCase() : char));
        expect(foldCase(text)).toBe(letters.join(''));
      }),
    );
  });

  it('join without losing a spelling or adding what is there already', () => {
    expect(unionValues(['CIFS/a', 'cifs/a'], ['cifs/A', 'cifs/b'])).toEqual(['CIFS/a', 'cifs/a', 'cifs/b']);
  });

  it('subtract in any spelling', () => {
    expect(minusValues(['CIFS/a', 'cifs/b'], ['cifs/A'])).toEqual(['cifs/b']);
  });

  it('are the same set in any order, spelling and number', () => {
    expect(isSameSet(['a', 'B'], ['b', 'A', 'a'])).toBe(true);
    expect(isSameSet(['a'], ['a', 'b'])).toBe(false);
    expect(isSameSet(['a', 'b'], ['a'])).toBe(false);
  });

  it('have one order, whatever order they come in', () => {
    const values = fc.array(fc.constantFrom('a', 'A', 'b', 'B', 'ab', 'Ab', 'aB', '', 'ß', 'É', 'é'));
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat()), (list, keys) => {
        const shuffled = list
          .map((value) => ({ value, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value);
        expect(sortValues(shuffled)).toEqual(sortValues(list));
      }),
    );
  });
});

import fc from 'fast-check';
import { nearestWord } from '../../../src/core/commands/nearest';

const HOSTS = ['hyper-v01', 'hyper-v02', 'files01'];

test.each([
  ['a missing letter', 'delgate', ['delegate', 'help'], 'delegate'],
  ['an added letter', 'migrration', ['cifs', 'migration'], 'migration'],
  ['a wrong letter', 'hyper-w02', HOSTS, 'hyper-v02'],
  ['two swapped letters in a short word', 'sbm', ['smb', 'lm'], 'smb'],
  ['swapped letters in the middle', 'hpyer-v02', HOSTS, 'hyper-v02'],
  ['letter case', 'SHOW', ['show'], 'show'],
  ['a tie, where the first known word wins', 'hyper-v09', HOSTS, 'hyper-v01'],
  ['the same tie in another order', 'hyper-v09', ['hyper-v02', 'hyper-v01'], 'hyper-v02'],
  ['three mistakes in a long word', 'dlegaet-hostx', ['delegate-host'], 'delegate-host'],
])('nearestWord forgives %s', (_what, word, known, nearest) => {
  expect(nearestWord(word, known)).toBe(nearest);
});

test.each([
  ['nothing like it', 'ldap', ['cifs', 'migration']],
  ['two mistakes in four letters', 'hlpe', ['shop']],
  ['another single letter', 'b', ['a']],
  ['an empty word', '', ['a', '']],
  ['an empty list', 'cifs', []],
  ['a word that is too long to be worth it', 'a'.repeat(65), ['a'.repeat(65)]],
])('nearestWord answers null for %s', (_what, word, known) => {
  expect(nearestWord(word, known)).toBeNull();
});

test('Known words after the 5000th are not looked at', () => {
  expect(nearestWord('cifs', [...Array.from({ length: 4999 }, () => 'x'), 'cifs'])).toBe('cifs');
  expect(nearestWord('cifs', [...Array.from({ length: 5000 }, () => 'x'), 'cifs'])).toBeNull();
});

/** The textbook recursion for optimal string alignment. */
function slowDistance(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const change = one.at(-1) === other.at(-1) ? 0 : 1;
  const swapped =
    one.length > 1 && other.length > 1 && one.at(-1) === other.at(-2) && one.at(-2) === other.at(-1);
  return Math.min(
    slowDistance(one.slice(0, -1), other) + 1,
    slowDistance(one, other.slice(0, -1)) + 1,
    slowDistance(one.slice(0, -1), other.slice(0, -1)) + change,
    swapped ? slowDistance(one.slice(0, -2), other.slice(0, -2)) + 1 : Infinity,
  );
}

test('nearestWord agrees with the textbook recursion on which word is nearest', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 3, maxLength: 5 });
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 4 }), (typed, known) => {
      const distances = known.map((each) => slowDistance(typed, each));
      const least = Math.min(...distances);
      // One mistake per three letters: with at most five letters that is one.
      expect(nearestWord(typed, known)).toBe(least <= 1 ? known[distances.indexOf(least)] : null);
    }),
  );
});

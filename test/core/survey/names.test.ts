import { checkNames, matchNames } from '../../../src/core/survey/names';

const names = ['dc1', 'files01', 'hyper-v01', 'hyper-v02', 'old-hyper-v01'];
const short = (text: string) => ({ kind: 'short', text }) as const;

test('Names that begin with the text come before those that hold it, in any case', () => {
  expect(matchNames(names, ' HYPER-V01 ')).toEqual(['hyper-v01', 'old-hyper-v01']);
  expect(matchNames(names, 'x')).toEqual([]);
  expect(
    matchNames(
      Array.from({ length: 200 }, (_, at) => `h${at}`),
      'h',
    ),
  ).toHaveLength(100);
});

const answer = (typed: string, found: readonly string[] = []) => ({
  names,
  typed: [{ asked: short(typed), found }],
});

test.each([
  ['hyper-v01', ['hyper-v01'], { kind: 'found', name: 'hyper-v01' }],
  ['old', [], { kind: 'found', name: 'old-hyper-v01' }],
  ['hyper', [], { kind: 'ambiguous', names: ['hyper-v01', 'hyper-v02'] }],
  ['twin', ['twin', 'twin2'], { kind: 'ambiguous', names: ['twin', 'twin2'] }],
  ['hyper-v03', [], { kind: 'missing', nearest: 'hyper-v01' }],
  ['zzz', [], { kind: 'missing', nearest: null }],
])('Check Names says of “%s” what Windows would', (typed, found, expected) => {
  expect(checkNames(answer(typed, found), () => true)).toEqual([{ typed, ...expected }]);
});

test('What a person may not see does not exist, in no part of the answer', () => {
  const sees = (name: string) => name !== 'hyper-v01' && name !== 'dc1';
  expect(checkNames(answer('hyper-v01', ['hyper-v01']), sees)).toEqual([
    { kind: 'missing', typed: 'hyper-v01', nearest: 'hyper-v02' },
  ]);
  expect(checkNames(answer('hyper'), sees)).toEqual([{ kind: 'found', typed: 'hyper', name: 'hyper-v02' }]);
  expect(checkNames(answer('dc1', ['dc1']), sees)).toMatchObject([{ kind: 'missing' }]);
});

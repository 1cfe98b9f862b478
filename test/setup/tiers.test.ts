import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isInTier, jestArguments } from '../../setup/steps/tiers.mjs';

const [QUICK, NORMAL, LONG] = [['--quick'], [], ['--long']];
const leftOut = /^--testPathIgnorePatterns=<rootDir>\/test\/(?<place>[a-z/-]+)\[\/\.\]$/;

describe('the tiers', () => {
  it.each([
    [[], ['long']],
    [['test/a.test.ts'], ['long']],
    [['test/a.test.ts', '--long'], []],
  ])('make of %j jest arguments that leave out %j, after what was typed', (typed, places) => {
    expect(jestArguments(typed)).toEqual([
      ...typed.filter((each) => each !== '--long'),
      ...places.map((place) => `--testPathIgnorePatterns=<rootDir>/test/${place}[/.]`),
    ]);
  });

  it('leave out of the quick one only what there is, a name that was changed would be run again', () => {
    const [first, second, ...patterns] = jestArguments(['--quick', '-t', 'x']);
    expect([first, second]).toEqual(['-t', 'x']);
    const places = patterns.map((pattern) => leftOut.exec(pattern)?.groups?.['place'] ?? pattern);
    expect(places).toEqual(expect.arrayContaining(['scenarios', 'browser', 'long']));
    const there = (place: string): boolean =>
      ['', '.test.ts'].some((end) => existsSync(join(__dirname, '..', `${place}${end}`)));
    expect(places.filter((place) => !there(place))).toEqual([]);
  });

  it.each([
    ['test/scenarios/main-job.test.ts', [false, true, true]],
    ['test/long/commands.test.ts', [false, false, true]],
    ['test/core/once.test.ts', [true, true, true]],
    ['test/contract/ledger.test.ts', [false, true, true]],
    ['test/contract/ledger-of-another.test.ts', [true, true, true]],
  ])('have %s: %j', (file, is) => {
    expect([QUICK, NORMAL, LONG].map((typed) => isInTier(file, typed))).toEqual(is);
  });
});

import { readOptions, UsageError } from '../../bench/options';

const known = ['main-job', 'ack'];

describe('the command line of a bench', () => {
  it.each([
    [[], { bench: null, check: false, runs: 9 }],
    [['ack'], { bench: 'ack', check: false, runs: 9 }],
    [['main-job', '--check', '--runs', '5'], { bench: 'main-job', check: true, runs: 5 }],
  ])('%j is understood', (args, expected) => {
    expect(readOptions(args, known)).toEqual(expected);
  });

  it.each([
    [['bread'], 'There is no bench bread; there are: main-job, ack'],
    // Names of what every object has are no benches either.
    [['toString'], 'There is no bench toString'],
    [['ack', 'main-job'], 'Not understood: main-job'],
    [['ack', '--fast'], '--fast'],
    [['ack', '--runs', '4'], 'from 5 to 99, not 4'],
    [['ack', '--runs', 'many'], 'from 5 to 99, not many'],
    [['ack', '--runs', '5.5'], 'from 5 to 99, not 5.5'],
  ])('%j is refused', (args, said) => {
    const reading = (): unknown => readOptions(args, known);
    expect(reading).toThrow(UsageError);
    expect(reading).toThrow(said);
  });
});

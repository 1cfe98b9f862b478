import * as fc from 'fast-check';
import { figure, median, percentile, spread } from '../../bench/figures';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('the median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    // As texts they would stand in another order.
    [[10, 9, 100], 10],
  ])('of %j is %d', (given, expected) => {
    expect(median(given)).toBe(expected);
  });

  it('of nothing is an error', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('has half of the values on either side', () => {
    fc.assert(
      fc.property(values, (given) => {
        const middle = median(given);
        const half = given.length / 2;
        expect(given.filter((value) => value <= middle).length).toBeGreaterThanOrEqual(half);
        expect(given.filter((value) => value >= middle).length).toBeGreaterThanOrEqual(half);
      }),
    );
  });
});

describe('a percentile', () => {
  const twoHundred = Array.from({ length: 200 }, (_, index) => 200 - index);

  it.each([
    [0.5, 100],
    [0.99, 198],
    [1, 200],
    [0.001, 1],
  ])('%d of 1 to 200 is %d', (share, expected) => {
    expect(percentile(twoHundred, share)).toBe(expected);
  });

  it('is a value that was measured, and so many do not exceed it', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, share) => {
        const found = percentile(given, share);
        expect(given).toContain(found);
        const within = given.filter((value) => value <= found).length;
        expect(within).toBeGreaterThanOrEqual(Math.ceil(given.length * share));
      }),
    );
  });

  it.each([[0], [1.01], [Number.NaN]])('%d is refused', (share) => {
    expect(() => percentile([1], share)).toThrow(RangeError);
  });

  it('of nothing is an error', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});

describe('a figure', () => {
  it('leaves the runs in the order in which they came', () => {
    expect(spread([3, 1, 2])).toEqual({ runs: [3, 1, 2], min: 1, median: 2, max: 3 });
  });

  it('compares the medians', () => {
    const made = figure({ name: 'n', unit: 'ms', runs: [3, 90, 6], reference: [1, 4, 50], goal: 1.5 });
    expect(made).toEqual({
      name: 'n',
      unit: 'ms',
      value: 6,
      reference: 4,
      ratio: 1.5,
      goal: 1.5,
      met: true,
      spread: { runs: [3, 90, 6], min: 3, median: 6, max: 90 },
    });
  });

  it('has missed its goal from the smallest excess on', () => {
    expect(figure({ name: 'n', unit: 'ms', runs: [1.501], reference: [1], goal: 1.5 })).toMatchObject({
      met: false,
    });
  });

  it('without a goal is neither met nor missed', () => {
    expect(figure({ name: 'n', unit: 'ms', runs: [4], reference: [2] })).toMatchObject({
      ratio: 2,
      goal: null,
      met: null,
    });
    expect(figure({ name: 'n', unit: 'ms', runs: [4] })).toMatchObject({ reference: null, ratio: null });
  });

  it('has no goal without a reference', () => {
    expect(() => figure({ name: 'n', unit: 'ms', runs: [4], goal: 2 })).toThrow(RangeError);
  });
});

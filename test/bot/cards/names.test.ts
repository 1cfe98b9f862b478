import fc from 'fast-check';
import { filled, nameLines, namesSaid, ranged } from '../../../src/bot/cards/names';
import { namesIn } from '../support/told-values';

describe('names in short', () => {
  it.each([
    [['hv01', 'hv02', 'hv03'], 'hv[01-03]'],
    [['hv03', 'hv01', 'hv02', 'hv01'], 'hv[01-03]'],
    [['hv01', 'hv02'], 'hv01, hv02'],
    [['hv8', 'hv9', 'hv10', 'hv11'], 'hv[8-11]'],
    [['hv08', 'hv9', 'hv10', 'hv11'], 'hv08, hv[9-11]'],
    [['hv1-rack', 'hv2-rack', 'hv3-rack', 'hv4-desk'], 'hv[1-3]-rack, hv4-desk'],
    [['r1-n1', 'r1-n2', 'r1-n3', 'r2-n1'], 'r1-n[1-3], r2-n1'],
    [['b', 'a', 'hv05', 'hv06', 'hv07', 'hv09'], 'a, b, hv[05-07], hv09'],
    [['0000001', '0000002', '0000003'], '0000001, 0000002, 0000003'],
  ])('%j are %s', (names, short) => {
    expect(ranged(names).join(', ')).toBe(short);
  });

  it('can be written out again', () => {
    const name = fc.stringMatching(/^[a-c]{0,2}[0-9]{0,3}[a-b-]{0,1}$/).filter((text) => text !== '');
    const near = fc
      .record({
        before: fc.constantFrom('a', 'hv', ''),
        from: fc.nat(1_100),
        count: fc.nat(12),
        width: fc.nat(4),
      })
      .map(({ before, from, count, width }) =>
        Array.from({ length: count }, (_, index) => `${before}${String(from + index).padStart(width, '0')}`),
      );
    fc.assert(
      fc.property(fc.array(name), near, near, (some, more, others) => {
        const names = [...some, ...more, ...others];
        const again = ranged(names).flatMap((piece) => [...namesIn(piece)]);
        expect(again.toSorted()).toEqual([...new Set(names)].toSorted());
      }),
    );
  });

  it('are words while they are few', () => {
    expect(namesSaid(['hv01', 'hv02', 'hv03', 'a', 'b'])).toBe('hv01, hv02, hv03, a and b');
    expect(namesSaid(['hv01', 'hv02', 'hv03', 'a', 'b', 'c'])).toBe('a, b, c, hv[01-03]');
  });

  it('fill lines, and no line is too long', () => {
    expect(filled(['a', 'b', 'c'], '; ')).toEqual(['a; b; c']);
    const long = 'x'.repeat(299);
    expect(filled([long, long, 'y', long], ', ')).toEqual([`${long}, ${long}`, `y, ${long}`]);
    const names = Array.from({ length: 90 }, (_, index) => `${((index + 1) * 7_919).toString(36)}-odd`);
    const lines = nameLines(names);
    expect(lines.flatMap((line) => line.split(', '))).toEqual(names.toSorted());
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(600);
  });
});

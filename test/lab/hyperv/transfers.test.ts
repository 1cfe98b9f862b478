import fc from 'fast-check';
import { passTime, ratesOf, type Transfer } from '../../../lab/hyperv/transfers';

const LINKS = ['a', 'b', 'c', 'd'];
const speedOf = (link: string): number => 100 * (LINKS.indexOf(link) + 1);
const transfers = fc
  .array(
    fc.record({
      links: fc.uniqueArray(fc.constantFrom(...LINKS), { minLength: 1, maxLength: 2 }),
      left: fc.integer({ min: 1, max: 1_000_000 }),
    }),
    { maxLength: 6 },
  )
  .map((all) => all.map((each, at): Transfer => ({ ...each, id: `t${at}` })));

describe('transfers over shared links', () => {
  it('never use more of a link than it has', () => {
    fc.assert(
      fc.property(transfers, (all) => {
        const rates = ratesOf(all, speedOf);
        for (const link of LINKS) {
          const used = all
            .filter(({ links }) => links.includes(link))
            .reduce((sum, { id }) => sum + (rates.get(id) ?? 0), 0);
          expect(used).toBeLessThanOrEqual(speedOf(link) * (1 + 1e-9));
        }
      }),
    );
  });

  it('come to the same in one stretch and in many', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9_999 }), { maxLength: 8 });
    fc.assert(
      fc.property(transfers, cuts, (all, at) => {
        const whole = passTime(all, { from: 0, to: 10_000 }, speedOf);
        const marks = [0, ...at.toSorted((a, b) => a - b), 10_000];
        let going: readonly Transfer[] = all;
        const ended: { id: string; at: number }[] = [];
        for (const [index, from] of marks.slice(0, -1).entries()) {
          const part = passTime(going, { from, to: marks[index + 1] ?? from }, speedOf);
          going = part.transfers;
          ended.push(...part.ended);
        }
        expect(going.map(({ id }) => id)).toEqual(whole.transfers.map(({ id }) => id));
        for (const [index, each] of whole.transfers.entries()) {
          expect(going[index]?.left).toBeCloseTo(each.left, 2);
        }
        expect(ended.map(({ id }) => id).toSorted()).toEqual(whole.ended.map(({ id }) => id).toSorted());
      }),
    );
  });

  it('take twice as long when two share a link, and one goes on alone when the other is over', () => {
    const both = [
      { id: 'small', links: ['a'], left: 50_000 },
      { id: 'large', links: ['a'], left: 100_000 },
    ];
    expect(passTime(both, { from: 0, to: 10_000 }, speedOf).ended).toEqual([
      { id: 'small', at: 1_000 },
      { id: 'large', at: 1_500 },
    ]);
  });
});

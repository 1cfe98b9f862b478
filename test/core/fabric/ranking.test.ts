import fc from 'fast-check';
import { fleetOf } from '../../../src/core/fabric/fleet';
import { rankingOf } from '../../../src/core/fabric/ranking';
import { facts, heard, planInput } from '../../support/plan-world';

const { hosts } = fleetOf(
  planInput(['h1', 'h2', 'h3', 'h4', 'h5'].map((host) => heard(host, facts(host, [])))),
);

describe('a ranking of hosts', () => {
  it('stays sorted, whatever changes', () => {
    const worths = fc.array(fc.record({ at: fc.nat(4), memory: fc.nat(9) }), { maxLength: 30 });
    fc.assert(
      fc.property(worths, (changes) => {
        for (const { used } of hosts) used.memory = 0;
        const ranking = rankingOf(hosts, ({ used }) => used.memory);
        for (const { at, memory } of changes) {
          const host = hosts[at];
          if (!host) throw new Error('no such host');
          host.used.memory = memory;
          ranking.changed(host);
          const worth = ranking.hosts.map((each) => each.used.memory);
          expect(worth).toEqual(worth.toSorted((a, b) => b - a));
          expect(ranking.worthOf(host)).toBe(memory);
          expect(new Set(ranking.hosts).size).toBe(hosts.length);
        }
      }),
    );
  });
});

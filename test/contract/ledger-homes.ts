import type { LedgerStage } from './ledger-stage';

/** Machines away from home. */
export function homeSuite(stage: LedgerStage): void {
  describe('homes', () => {
    it('keeps where a machine was first, until it is there again', async () => {
      const home = { host: 'hyper-v01', label: 'R-1', at: 1 };
      await stage.ledger.noteHome('m1', home);
      await stage.ledger.noteHome('m1', { host: 'hyper-v02', label: 'R-2', at: 2 });
      await stage.ledger.noteHome('m2', { ...home, label: 'R-3' });
      expect([...(await stage.under.others[0].homes())].toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
        ['m1', home],
        ['m2', { ...home, label: 'R-3' }],
      ]);
      await stage.ledger.noteHome('m1', null);
      expect([...(await stage.ledger.homes()).keys()]).toEqual(['m2']);
    });
  });
}

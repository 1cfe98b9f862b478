import { SAMPLES_KEPT } from '../../src/core/hyperv/load-sample';
import { times, type LedgerStage } from './ledger-stage';

/** The ring of load samples. */
export function loadSuite(stage: LedgerStage): void {
  const sample = (at: number) => ({ at, load: at % 100, free: 2 ** 33 + at, total: 2 ** 36 });

  describe('load', () => {
    it('is told oldest first, for each host apart', async () => {
      // No sample of any host is there yet.
      expect(await stage.ledger.lastLoad()).toBeNull();
      for (const at of [1, 2, 3]) await stage.ledger.noteLoad('hyper-v01', sample(at));
      await stage.ledger.noteLoad('hyper-v02', sample(9));
      expect(await stage.ledger.loadOf('hyper-v01')).toEqual([1, 2, 3].map(sample));
      expect(await stage.ledger.loadOf('hyper-v01', 2)).toEqual([2, 3].map(sample));
      expect(await stage.ledger.loadOf('hyper-v02')).toEqual([sample(9)]);
      expect(await stage.ledger.loadOf('hyper-v03')).toEqual([]);
    });

    it('tells when the last sample of any host was taken', async () => {
      await stage.ledger.noteLoad('hyper-v01', sample(7));
      await stage.ledger.noteLoad('hyper-v02', sample(9));
      expect(await stage.ledger.lastLoad()).toBe(9);
    });

    it('keeps a day and no more', async () => {
      const all = times(SAMPLES_KEPT + 5, sample);
      for (const each of all) await stage.ledger.noteLoad('busy', each);
      expect(await stage.ledger.loadOf('busy')).toEqual(all.slice(5));
    });
  });
}

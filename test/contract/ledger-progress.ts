import { PROGRESS_MS } from '../../src/core/moves/progress-port';
import type { LedgerStage } from './ledger-stage';

/** How far moves are. */
export function progressSuite(stage: LedgerStage): void {
  describe('progress', () => {
    it('is the last that was noted of a request, for everybody', async () => {
      expect(await stage.ledger.progressOf('a')).toEqual([]);
      await stage.ledger.noteProgress('a', [{ machine: 'm1', percent: 10, since: 1 }]);
      await stage.ledger.noteProgress('a', [{ machine: 'm2', percent: 42, since: 2 }]);
      await stage.ledger.noteProgress('b', [{ machine: 'm3', percent: 1, since: 3 }]);
      expect(await stage.under.others[0].progressOf('a')).toEqual([{ machine: 'm2', percent: 42, since: 2 }]);
      expect(PROGRESS_MS).toBeGreaterThan(30_000);
    });
  });
}

import { memoryClock } from '../support/memory-clock';
import { archiveSuite } from './ledger-archive';
import { auditSuite } from './ledger-audit';
import { beginningSuite } from './ledger-beginning';
import { chainSuite } from './ledger-chains';
import { committingSuite } from './ledger-committing';
import { forgerySuite } from './ledger-forgeries';
import { homeSuite } from './ledger-homes';
import { leaseSuite } from './ledger-leases';
import { loadSuite } from './ledger-load';
import { markSuite } from './ledger-marks';
import { planSuite } from './ledger-plans';
import { ledgerStage, type LedgerUnderTest } from './ledger-stage';
import { progressSuite } from './ledger-progress';
import { standingSuite } from './ledger-standing';
import { workSuite } from './ledger-work';

/** What every ledger does. */
export function ledgerSuite(name: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger on ${name}`, () => {
    const stage = ledgerStage(open);
    beginningSuite(stage);
    committingSuite(stage);
    planSuite(stage);
    chainSuite(stage);
    auditSuite(stage);
    workSuite(stage);
    forgerySuite(stage);
    leaseSuite(stage);
    markSuite(stage);
    loadSuite(stage);
    progressSuite(stage);
    homeSuite(stage);
    standingSuite(stage);
    // Last: it takes away what the others have left.
    archiveSuite(stage);
  });
}

/** A clock that stands still until a test moves it. */
export const steppedClock = memoryClock;

import { CHAIN_START } from './audit';
import type { RequestRecord } from './record';
import type { Intake, Signed } from './statement';

/** A request as it begins. Label, revision, time and audit are the ledger's to give. */
export function newRecord(intake: Signed<Intake>, card: { channel: string }): RequestRecord {
  return {
    id: intake.statement.id,
    label: '',
    rev: 0,
    state: 'planning',
    intake,
    card,
    plan: null,
    decisions: [],
    voided: [],
    instructions: [],
    steps: [],
    attempt: 0,
    proof: null,
    trouble: null,
    ending: null,
    since: 0,
    audit: { seq: 0, head: CHAIN_START },
  };
}

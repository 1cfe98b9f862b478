import { digest } from '../canonical';
import type { Problem } from '../problem';
import { CHAIN_START } from './audit';
import type { RequestRecord } from './record';
import type { Intake, Signed } from './statement';

/** A request as it begins. Label, revision, time and audit are the ledger's to give. */
export function newRecord(
  intake: Signed<Intake>,
  card: { channel: string },
  parent: RequestRecord['parent'] = null,
): RequestRecord {
  return {
    id: intake.statement.id,
    label: '',
    rev: 0,
    state: 'planning',
    passed: [{ state: 'planning', at: intake.statement.at }],
    intake,
    card,
    parent,
    reverses: null,
    until: null,
    plan: null,
    decisions: [],
    voided: [],
    instructions: [],
    heard: [],
    review: null,
    steps: [],
    hostSteps: [],
    moves: [],
    replans: 0,
    rounds: [],
    remaining: null,
    attempt: 0,
    proof: null,
    trouble: null,
    ending: null,
    since: 0,
    audit: { seq: 0, head: CHAIN_START },
  };
}

/** Id of the one reversal of one plan of a request: derived, so that it exists once however often it is made. */
export function reversalId(parent: string, plan: number): string {
  return digest(['reversal', parent, plan]).slice(0, 32);
}

/**
 * The reversal of a request as it begins: approved already, because the parent's approved plan contains it, and held until it
 * is due. Its statements are the parent's.
 */
export function newReversal(parent: RequestRecord, due: number): RequestRecord {
  const plan = parent.plan?.number ?? 0;
  return {
    ...newRecord(parent.intake, parent.card, { id: parent.id, label: parent.label }),
    id: reversalId(parent.id, plan),
    state: 'approved',
    // Nobody has decided it: it was approved with its parent.
    passed: [],
    reverses: { plan, due, warned: false },
  };
}

/** Why a reversal ended of which nobody is told: nothing was ever added, or another plan has taken the place of its own. */
export const UNNEEDED: Problem = {
  code: 'reversal.unneeded',
  summary: 'Nothing was added that would have to be taken away.',
  remedy: '',
};

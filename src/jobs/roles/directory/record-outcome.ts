import type { DirectoryChange } from '../../../core/delegation/plan';
import type { Directory } from '../../../core/ports';
import { Fault } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { stepOf, withStep } from './journal';
import { auditEntry, commit, type DirectoryParts } from './parts';
import type { OutcomeDraft } from './step-outcome';

/** An outcome that is to be recorded; `what` names it in the audit. */
export interface Outcome {
  readonly change: DirectoryChange;
  readonly draft: OutcomeDraft;
  readonly what: string;
  /** Where it was written or seen. */
  readonly directory: Directory;
}

/**
 * Records an outcome. Who loses the compare-and-set reads first: a step that stands recorded is left alone; a request that does not want
 * it any more (ended, planned anew) gets back what our own strict success added, and an alarm.
 */
export async function recordOutcome(
  parts: DirectoryParts,
  intended: RequestRecord,
  outcome: Outcome,
): Promise<void> {
  const { change, draft, what, directory } = outcome;
  const full = { ...draft, at: parts.clock.now(), server: directory.server };
  const { added, kept, removed, trusted, problem } = draft;
  const facts = {
    object: change.dn,
    attribute: change.attribute,
    outcome: draft.kind,
    inferred: draft.inferred,
  };
  const values = { added, kept, removed, trusted, server: directory.server };
  const why = { problem: problem?.code ?? null, summary: problem?.summary ?? null };
  const detail = { ...facts, ...values, ...why };
  let record: RequestRecord | null = intended;
  while (record && isWanted(record, intended)) {
    if (stepOf(record, change).outcome) return;
    const steps = withStep(record, change, { outcome: full });
    const until = intended.until;
    if (await commit(parts, record, { change: { steps, until, trouble: null }, what, detail })) return;
    record = await parts.ledger.read(intended.id);
  }
  if (draft.inferred) return;
  if (added.length > 0) await takeBack(parts, intended, outcome);
  if (removed.length > 0 || trusted) await alarmOf(parts, intended, outcome);
}

function isWanted(record: RequestRecord, intended: RequestRecord): boolean {
  const isRunning = record.state === 'running' || record.state === 'awaiting-hand';
  return isRunning && !record.ending && record.plan?.number === intended.plan?.number;
}

/** What was taken away is not given back: a power that nobody wants any more would be the worse error. A trust mode stays. */
async function alarmOf(
  parts: DirectoryParts,
  { id }: RequestRecord,
  { change, draft }: Outcome,
): Promise<void> {
  const detail = { object: change.dn, values: draft.removed };
  const what = draft.trusted ? 'alarm.trusted-after-end' : 'alarm.removed-after-end';
  await parts.ledger.note(id, auditEntry(parts, { what, detail }));
}

/** The alarm comes first, so that a death on the way leaves a trace; what cannot be taken back is named. */
async function takeBack(
  parts: DirectoryParts,
  { id }: RequestRecord,
  { change, draft, directory }: Outcome,
): Promise<void> {
  const { guid, dn } = change;
  const attribute = 'msDS-AllowedToDelegateTo';
  const note = (what: string) =>
    parts.ledger.note(id, auditEntry(parts, { what, detail: { object: dn, values: draft.added } }));
  await note('alarm.added-after-end');
  try {
    const answer = await directory.modify({ guid, dn, attribute, add: [], remove: draft.added });
    await note(answer === 'changed' ? 'alarm.taken-back' : 'alarm.not-taken-back');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await note('alarm.not-taken-back');
  }
}

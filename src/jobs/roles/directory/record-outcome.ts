import type { DirectoryChange } from '../../../core/delegation/plan';
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
  const { change, draft, what } = outcome;
  const full = { ...draft, at: parts.clock.now(), server: parts.directory.server };
  const facts = {
    object: change.dn,
    outcome: draft.kind,
    inferred: draft.inferred,
    added: draft.added,
    removed: draft.removed,
  };
  const detail = { ...facts, problem: draft.problem?.code ?? null, summary: draft.problem?.summary ?? null };
  let record: RequestRecord | null = intended;
  while (record && isWanted(record, intended)) {
    if (stepOf(record, change).outcome) return;
    const steps = withStep(record, change, { outcome: full });
    if (await commit(parts, record, { change: { steps, trouble: null }, what, detail })) return;
    record = await parts.ledger.read(intended.id);
  }
  if (draft.added.length > 0 && !draft.inferred) await takeBack(parts, intended, change);
  if (draft.removed.length > 0 && !draft.inferred) await alarmOfRemoval(parts, intended, change);
}

function isWanted(record: RequestRecord, intended: RequestRecord): boolean {
  return record.state === 'running' && !record.ending && record.plan?.number === intended.plan?.number;
}

/** What was taken away is not given back: a power that nobody wants any more would be the worse error. */
async function alarmOfRemoval(
  parts: DirectoryParts,
  { id }: RequestRecord,
  { dn, remove }: DirectoryChange,
): Promise<void> {
  const detail = { object: dn, values: remove };
  await parts.ledger.note(id, auditEntry(parts, { what: 'alarm.removed-after-end', detail }));
}

/** The alarm comes first, so that a death on the way leaves a trace; what cannot be taken back is named. */
async function takeBack(
  parts: DirectoryParts,
  { id }: RequestRecord,
  change: DirectoryChange,
): Promise<void> {
  const { guid, dn, attribute, add } = change;
  const note = (what: string) =>
    parts.ledger.note(id, auditEntry(parts, { what, detail: { object: dn, values: add } }));
  await note('alarm.added-after-end');
  try {
    const answer = await parts.directory.modify({ guid, dn, attribute, add: [], remove: add });
    await note(answer === 'changed' ? 'alarm.taken-back' : 'alarm.not-taken-back');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await note('alarm.not-taken-back');
  }
}

import type { DirectoryChange } from '../../../core/delegation/plan';
import type { Directory } from '../../../core/ports';
import type { AuditEntry } from '../../../core/request/audit';
import type { RequestRecord, Step, StepOutcome } from '../../../core/request/record';
import { stepOf, withSteps, type StepPart } from './journal';
import { auditEntry, type DirectoryParts } from './parts';
import type { OutcomeDraft } from './step-outcome';
import { undoUnwanted } from './unwanted';

/** An outcome that is to be recorded; `what` names it in the audit. */
export interface Outcome {
  readonly change: DirectoryChange;
  readonly draft: OutcomeDraft;
  readonly what: string;
  /** Where it was written or seen. */
  readonly directory: Directory;
}

/** A step that was begun and of which nothing was sent: it is as if it had not been begun. */
export interface Withdrawn {
  readonly change: DirectoryChange;
  readonly intent: NonNullable<Step['intent']>;
}

/** What became of steps that were begun together. */
export interface Came {
  readonly outcomes: readonly Outcome[];
  readonly withdrawn: readonly Withdrawn[];
}

/** Records one outcome; see `recordOutcomes`. */
export function recordOutcome(
  parts: DirectoryParts,
  intended: RequestRecord,
  outcome: Outcome,
): Promise<void> {
  return recordOutcomes(parts, intended, { outcomes: [outcome], withdrawn: [] });
}

/**
 * Records what came of steps by one transition. Who loses the compare-and-set reads first: a step that stands recorded is left alone, and so is an
 * intent that is somebody else's by now; a request that does not want the outcomes any more (ended, planned anew) gets back what our own strict
 * success added, and an alarm.
 */
export async function recordOutcomes(
  parts: DirectoryParts,
  intended: RequestRecord,
  came: Came,
): Promise<void> {
  let record: RequestRecord | null = intended;
  while (record && isWanted(record, intended)) {
    const told = tell(parts, record, came);
    const [first, ...others] = told.entries;
    if (!first) return;
    const change = { steps: withSteps(record, told.journal), until: intended.until, trouble: null };
    if (await parts.ledger.commit(record, change, [first, ...others])) return;
    record = await parts.ledger.read(intended.id);
  }
  for (const outcome of came.outcomes) await undoUnwanted(parts, intended, outcome);
}

/** What of all this is still to be told beside `record`. */
function tell(
  parts: DirectoryParts,
  record: RequestRecord,
  { outcomes, withdrawn }: Came,
): { readonly journal: readonly StepPart[]; readonly entries: readonly AuditEntry[] } {
  const open = outcomes.filter(({ change }) => !stepOf(record, change).outcome);
  const spelled = open.map((outcome) => ({ change: outcome.change, ...spellOutcome(parts, outcome) }));
  const back = withdrawn.filter(({ change, intent }) => isOpenAs(intent, stepOf(record, change)));
  const objects = back.map(({ change }) => change.dn);
  return {
    journal: [
      ...spelled.map(({ change, full }) => ({ change, part: { outcome: full } })),
      ...back.map(({ change }) => ({ change, part: { intent: null } })),
    ],
    entries: [
      ...spelled.map(({ entry }) => entry),
      ...(back.length > 0 ? [auditEntry(parts, { what: 'intent.withdrawn', detail: { objects } })] : []),
    ],
  };
}

function isOpenAs({ at, worker }: Withdrawn['intent'], { intent, outcome }: Step): boolean {
  return outcome === null && intent?.at === at && intent.worker === worker;
}

/** An outcome as the journal keeps it, and what the audit says of it: value for value, and where. */
function spellOutcome(
  parts: DirectoryParts,
  { change, draft, what, directory }: Outcome,
): { readonly full: StepOutcome; readonly entry: AuditEntry } {
  const { server } = directory;
  const { kind, inferred, added, kept, removed, trusted, problem } = draft;
  const facts = { object: change.dn, attribute: change.attribute, outcome: kind, inferred };
  const values = { added, kept, removed, trusted, server };
  const why = { problem: problem?.code ?? null, summary: problem?.summary ?? null };
  return {
    full: { ...draft, at: parts.clock.now(), server },
    entry: auditEntry(parts, { what, detail: { ...facts, ...values, ...why } }),
  };
}

function isWanted(record: RequestRecord, intended: RequestRecord): boolean {
  const isRunning = record.state === 'running' || record.state === 'awaiting-hand';
  return isRunning && !record.ending && record.plan?.number === intended.plan?.number;
}

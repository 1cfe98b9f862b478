import { difference, lookAt } from '../../../core/delegation/look';
import type { DirectoryChange } from '../../../core/delegation/plan';
import type { Handled, Lease } from '../../../core/ports';
import { Fault, type Problem } from '../../../core/problem';
import type { RequestRecord, Step, StepOutcome } from '../../../core/request/record';
import { auditEntry, commit, type DirectoryParts } from './parts';

/** Nobody else writes an object while its lease lives; the longest that a dead worker's object waits, in milliseconds. */
const LEASE_MS = 8_000;

/** A modify is sent only if the lease lives at least this much longer: the longest that the server's answer is waited for. */
export const SEND_DEADLINE_MS = 4_000;

/** When somebody else holds an object, the step is looked at again after this. */
const LEASE_RETRY_MS = 500;

interface Ours {
  readonly parts: DirectoryParts;
  readonly change: DirectoryChange;
  readonly lease: Lease;
  /** By this worker's monotonic clock: a pause of the whole process does not stop it. */
  readonly sendUntil: number;
}

/** Carries out one change of a running request under the lease of its object. */
export async function applyStep(
  parts: DirectoryParts,
  record: RequestRecord,
  change: DirectoryChange,
): Promise<Handled> {
  const takenAt = parts.clock.monotonic();
  // A holder per try: a job that was given out twice must not run side by side with itself.
  const holder = `${parts.worker}/${record.label}/${parts.random.hex(4)}`;
  const lease = await parts.ledger.takeLease(`object-${change.guid}`, holder, LEASE_MS);
  if (!lease) return { kind: 'hold', until: parts.clock.now() + LEASE_RETRY_MS };
  try {
    const sendUntil = takenAt + LEASE_MS - SEND_DEADLINE_MS;
    await applyLeased({ parts, change, lease, sendUntil }, record);
  } finally {
    await parts.ledger.releaseLease(lease).catch(() => undefined);
  }
  return { kind: 'over' };
}

async function applyLeased(ours: Ours, record: RequestRecord): Promise<void> {
  const { parts, change } = ours;
  const hadIntent = (stepOf(record, change).intent ?? null) !== null;
  const intent = { at: parts.clock.now(), worker: parts.worker };
  const planned = { steps: withStep(record, change, { intent }), trouble: null };
  const detail = { object: change.dn, add: change.add };
  const intended = await commit(parts, record, { change: planned, what: 'intent', detail });
  if (!intended) return;
  const outcome = await carryOut(ours, hadIntent);
  if (outcome) await recordOutcome(ours, intended, outcome);
}

/** Looks, writes if the object is as before, and says what came of it. Null: somebody else holds the object by now. */
async function carryOut(ours: Ours, hadIntent: boolean): Promise<StepOutcome | null> {
  const { parts, change } = ours;
  const first = await look(ours);
  if (first.seen === 'after') return outcomeOf(parts, hadIntent ? inferred(change) : { kind: 'already-so' });
  if (first.seen === 'stale')
    return outcomeOf(parts, { kind: 'stale', problem: staleObject(change, first.values) });
  if (parts.clock.monotonic() > ours.sendUntil) return null;
  try {
    const { guid, dn, attribute, add } = change;
    const answer = await parts.directory.modify({ guid, dn, attribute, add, remove: [] });
    if (answer === 'changed') return outcomeOf(parts, { kind: 'changed', added: change.add });
  } catch (error) {
    if (!(error instanceof Fault) || error.retry === 'later') throw error;
    if (error.retry === 'never') {
      const problem = { code: error.code, summary: error.message, remedy: error.remedy };
      return outcomeOf(parts, { kind: 'failed', problem });
    }
  }
  // A conflict (20, 16) or a lost answer: only reading tells.
  const second = await look(ours);
  if (second.seen === 'after') return outcomeOf(parts, inferred(change));
  if (second.seen === 'stale')
    return outcomeOf(parts, { kind: 'stale', problem: staleObject(change, second.values) });
  return null;
}

async function look({ parts, change }: Ours) {
  const object = await parts.directory.read(change.guid);
  const values = object ? object.allowedToDelegateTo : null;
  return { seen: lookAt(change, values), values };
}

/**
 * Records the outcome. Who loses the compare-and-set reads first: a step that stands recorded is left alone; a request
 * that has ended meanwhile gets back what our own strict success added, and an alarm.
 */
async function recordOutcome(ours: Ours, intended: RequestRecord, outcome: StepOutcome): Promise<void> {
  const { parts, change } = ours;
  if (outcome.added.length > 0 || outcome.kind === 'already-so') parts.begun.add(intended.id);
  let record: RequestRecord | null = intended;
  while (record && !record.ending && !stepOf(record, change).outcome) {
    const detail = {
      object: change.dn,
      outcome: outcome.kind,
      inferred: outcome.inferred,
      added: outcome.added,
    };
    const committed: RequestRecord | null = await commit(parts, record, {
      change: { steps: withStep(record, change, { outcome }) },
      what: 'outcome',
      detail: { ...detail, problem: outcome.problem?.code ?? null },
    });
    if (committed) return;
    record = await parts.ledger.read(intended.id);
  }
  if (record?.ending && !stepOf(record, change).outcome && outcome.added.length > 0 && !outcome.inferred) {
    await takeBack(ours, record, outcome);
  }
}

async function takeBack({ parts, change }: Ours, record: RequestRecord, outcome: StepOutcome): Promise<void> {
  const { guid, dn, attribute } = change;
  const answer = await parts.directory.modify({ guid, dn, attribute, add: [], remove: outcome.added });
  const detail = { object: dn, removed: outcome.added, answer };
  await parts.ledger.note(record.id, auditEntry(parts, { what: 'alarm.taken-back', detail }));
}

/** The journal of one change; a journal that lacks it (edited, or not begun) counts as not begun. */
export function stepOf(record: RequestRecord, change: DirectoryChange): Step {
  return (
    record.steps.find((step) => step.guid === change.guid) ?? {
      guid: change.guid,
      intent: null,
      outcome: null,
    }
  );
}

function withStep(record: RequestRecord, change: DirectoryChange, part: Partial<Step>): readonly Step[] {
  const changes = record.plan?.directory.changes ?? [];
  return changes.map((each) => {
    const step = stepOf(record, each);
    return each.guid === change.guid ? { ...step, ...part } : step;
  });
}

function inferred(change: DirectoryChange) {
  return { kind: 'changed' as const, added: change.add, inferred: true };
}

function outcomeOf(
  parts: DirectoryParts,
  part: Pick<StepOutcome, 'kind'> & Partial<StepOutcome>,
): StepOutcome {
  return {
    inferred: false,
    added: [],
    at: parts.clock.now(),
    server: parts.directory.server,
    problem: null,
    ...part,
  };
}

function staleObject(change: DirectoryChange, values: readonly string[] | null): Problem {
  const { gone, extra } = difference(change, values ?? []);
  const facts = values
    ? [...extra.map((value) => `${value} was added`), ...gone.map((value) => `${value} was removed`)].join(
        ', ',
      )
    : 'the object is gone';
  return {
    code: 'plan.stale',
    summary: `${change.name} has changed since the plan: ${facts}.`,
    remedy: 'Nothing was written to it. Look at the new plan, or ask again.',
  };
}

import { isAlive } from '../../../core/delegation/history';
import { listed } from '../../../core/delegation/listing';
import type { DirectoryChange, ListChange, Plan } from '../../../core/delegation/plan';
import { listChanges } from '../../../core/delegation/powers';
import { minusValues } from '../../../core/delegation/values';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { intakeDigest } from '../../../core/request/statement';
import { approvedAt, MAX_SKEW_MS, readIntake } from '../../../core/request/warrant';
import type { Hindrance } from '../setbacks';
import { court, type DirectoryParts } from './parts';

/** The parent of a reversal with the plan whose time is over, as far as its statements prove it. */
export interface Overdue {
  readonly parent: RequestRecord;
  readonly plan: Plan;
}

/**
 * Whether a reversal may take anything away now, by this worker's own judgement: the parent's intake and approvals are signed
 * and about that plan, the plan is for a time, and that time is over since the approval, by this worker's clock. Policy and
 * guards are not asked: what was approved for a time goes, whatever is thought of it by now.
 */
export async function findOverdue(
  parts: DirectoryParts,
  record: RequestRecord,
): Promise<Overdue | { problem: Problem }> {
  const { reverses, intake } = record;
  const read = readIntake(record, court(parts));
  if ('problem' in read) return read;
  const parent = await parts.ledger.read(intake.statement.id);
  const plan = parent?.plan;
  const isParent = parent && intakeDigest(parent.intake.statement) === intakeDigest(intake.statement);
  if (!isParent || !plan || plan.number !== reverses?.plan) return { problem: overtakenParent(record) };
  const approved = approvedAt(parent, plan, court(parts));
  if ('problem' in approved) return approved;
  const { forMs } = plan.directory;
  // The approval was stamped by the bot's clock, which may be ahead of ours.
  const over = approved.at + (forMs ?? 0) - MAX_SKEW_MS;
  if (forMs === null || parts.clock.now() < Math.max(over, reverses.due)) return { problem: early(record) };
  return { parent, plan };
}

/**
 * What keeps this plan of a reversal from being carried out: it may only remove what its parent's plan adds or keeps, and not what
 * somebody else has claimed since it was planned. `change` is about to be written, under the lease of its object, so that nobody can
 * claim it meanwhile.
 */
export async function hindranceOfReversal(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, change }: { plan: Plan; change?: DirectoryChange },
): Promise<Hindrance | null> {
  const overdue = await findOverdue(parts, record);
  if ('problem' in overdue) return { kind: isPassing(overdue.problem) ? 'held' : 'refused', ...overdue };
  const approved = new Map(listChanges(overdue.plan.directory).map((each) => [each.guid, each]));
  const isWithin = plan.directory.changes.every(
    (each) => each.kind === 'delegation-remove' && isPartOf(each, approved.get(each.guid)),
  );
  if (!isWithin) return { kind: 'refused', problem: beyond(record) };
  if (change?.attribute !== 'msDS-AllowedToDelegateTo') return null;
  const claimed = await claimedByOthers(parts, overdue.parent, { guid: change.guid, values: change.remove });
  return claimed.length === 0 ? null : { kind: 'stale', sentence: whyTheyStay(change.name, listed(claimed)) };
}

/** What is said of values of a host that a reversal leaves where they are. */
export function whyTheyStay(name: string, values: string): string {
  return `${values} of ${name} stay, because another request asked for them since.`;
}

/** Of these values of an object those that another request than the parent wants by now. */
export async function claimedByOthers(
  { ledger, clock }: DirectoryParts,
  parent: RequestRecord,
  { guid, values }: { guid: string; values: readonly string[] },
): Promise<readonly string[]> {
  const claims = await ledger.claims(values.map((value) => ({ guid, value })));
  return values.filter((_, at) =>
    (claims[at] ?? []).some((claim) => claim.request !== parent.label && isAlive(claim, clock.now())),
  );
}

/** Clocks may be put right, or the time may come: nothing is ended for that. */
export function isPassing({ code }: Problem): boolean {
  return code === 'reversal.early' || code === 'clock.skew';
}

/** Nothing but removing, and nothing but what was approved: the plan of a reversal is signed by nobody, so every list of it counts. */
function isPartOf({ add, keep, remove }: ListChange, approved: ListChange | undefined): boolean {
  if (!approved || add.length + keep.length > 0) return false;
  return minusValues(remove, [...approved.add, ...approved.keep]).length === 0;
}

function overtakenParent({ parent }: RequestRecord): Problem {
  return {
    code: 'reversal.without-parent',
    summary: `The ledger does not hold (any more) what ${parent?.label ?? 'the request'} was approved for.`,
    remedy:
      'Somebody may have written to Redis: look at the audit, and take away with /undelegate what should go.',
  };
}

function early({ parent }: RequestRecord): Problem {
  return {
    code: 'reversal.early',
    summary: `What ${parent?.label ?? 'the request'} added is not due to be taken away.`,
    remedy: 'Somebody may have written to Redis: look at the audit.',
  };
}

function beyond({ parent }: RequestRecord): Problem {
  return {
    code: 'reversal.beyond',
    summary: `The reversal would remove what ${parent?.label ?? 'the request'} was never approved for.`,
    remedy:
      'Somebody may have written to Redis: look at the audit, and take away with /undelegate what should go.',
  };
}

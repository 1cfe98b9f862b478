import { clipped, listed } from '../../../core/delegation/listing';
import { lookByHand } from '../../../core/delegation/look';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Problem } from '../../../core/problem';
import { closedAt } from '../../../core/request/closing';
import type { RequestRecord } from '../../../core/request/record';
import { hasEffect, stepsLeft } from '../../../core/request/settle';
import { approvedAt } from '../../../core/request/warrant';
import { beginTemporary } from './begin-temporary';
import { findHindrance } from './hindrance';
import { withStep } from './journal';
import type { Hindrance } from '../setbacks';
import { commit, court, endWith, noteTrouble, type DirectoryParts } from './parts';
import { doneByHand, notDoneByHand, overtaken, type OutcomeDraft } from './step-outcome';
import { onWriter } from './writer';

/**
 * Looks whether a person has done the steps of a request that are a person's. Records at most one outcome; gives null when
 * there was none, so that it is looked at again later. When nothing may begin any more it is the last look: every step gets an
 * outcome, so that what a person has done is told and, if it was for a time, taken away again.
 */
export async function lookAtHands(
  parts: DirectoryParts,
  record: RequestRecord,
  plan: Plan,
): Promise<RequestRecord | null> {
  const isLast = !record.reverses && closedAt(record, parts.clock.now()) !== null;
  const missing: string[] = [];
  for (const change of stepsLeft(record, 'hand')) {
    const { draft, server, still } = await lookAtStep(parts, change, isLast);
    if (draft) return recordSeen(parts, record, { plan, change, draft, server, isLast });
    missing.push(...still.map((value) => `${value} of ${change.name}`));
  }
  const trouble = missing.length > 0 ? partlyDone(missing) : null;
  if (trouble && record.trouble?.summary !== trouble.summary) {
    return commit(parts, record, {
      change: { trouble },
      what: 'trouble',
      detail: { summary: trouble.summary },
    });
  }
  return null;
}

async function lookAtStep(
  parts: DirectoryParts,
  change: DirectoryChange,
  isLast: boolean,
): Promise<{ draft: OutcomeDraft | null; server: string; still: readonly string[] }> {
  const { object, server } = await onWriter(parts, [change], async (at) => ({
    object: await at.read(change.guid),
    server: at.server,
  }));
  const seen = lookByHand(change, object);
  const still = seen.kind === 'partly' ? seen.missing : [];
  switch (seen.kind) {
    case 'before':
    case 'partly': {
      const problem = seen.kind === 'partly' ? partlyDone(still) : notDone(change);
      return { draft: isLast ? notDoneByHand(change, object, problem) : null, server, still };
    }
    case 'after':
      return { draft: doneByHand(change), server, still };
    // Beside what else was done, what was asked for may have been done.
    case 'stale':
      return { draft: overtaken(change, object, true), server, still };
  }
}

interface SeenStep {
  readonly plan: Plan;
  readonly change: DirectoryChange;
  readonly draft: OutcomeDraft;
  readonly server: string;
  readonly isLast: boolean;
}

async function recordSeen(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, change, draft, server, isLast }: SeenStep,
): Promise<RequestRecord | null> {
  // What a person did counts for this request only if it was approved, by this worker's own judgement.
  const hindrance = isLast
    ? unapproved(parts, record, plan)
    : await findHindrance(parts, record, { plan, change });
  if (hindrance?.kind === 'refused') {
    const state = record.steps.some(({ outcome }) => hasEffect(outcome)) ? 'partial' : 'failed';
    return endWith(parts, record, { state, problem: hindrance.problem });
  }
  if (hindrance?.kind === 'held') return noteTrouble(parts, record, hindrance.problem);
  const until = draft.added.length > 0 ? await beginTemporary(parts, record, plan) : record.until;
  const outcome = { ...draft, at: parts.clock.now(), server };
  const steps = withStep(record, change, { outcome });
  const detail = { object: change.dn, attribute: change.attribute, outcome: draft.kind, server };
  const isOver = stepsLeft(record, 'hand').length === 1 || draft.kind !== 'by-hand';
  const state = isOver ? ('running' as const) : record.state;
  return commit(parts, record, { change: { steps, until, state, trouble: null }, what: 'outcome', detail });
}

/** The last look comes when the times of the approval are over: that it was given is all that counts. */
function unapproved(parts: DirectoryParts, record: RequestRecord, plan: Plan): Hindrance | null {
  const approved = approvedAt(record, plan, court(parts));
  return 'problem' in approved ? { kind: 'refused', problem: approved.problem } : null;
}

function partlyDone(missing: readonly string[]): Problem {
  return {
    code: 'hand.partly',
    summary: clipped(`Done in part by hand; this is still missing: ${listed(missing, 8)}.`),
    remedy: 'Do the rest as the thread says.',
  };
}

function notDone({ name }: DirectoryChange): Problem {
  return {
    code: 'hand.not-done',
    summary: `Nobody has carried out what was a person’s part on ${name}.`,
    remedy: 'Ask again if it is still needed.',
  };
}

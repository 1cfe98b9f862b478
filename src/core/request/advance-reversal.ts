import type { Problem } from '../problem';
import { awaitProof, MAX_REPLANS, type Next, type Pace } from './next';
import type { RequestRecord } from './record';
import { firstProblem, isAsPlanned, isUnresolved, stepsLeft } from './settle';

/**
 * What is next for a reversal. It was approved with its parent and only takes power away, so no time ends it: it warns, waits
 * until it is due, and goes on until what it is about is gone or a person has to act.
 */
export function advanceReversal(record: RequestRecord, now: number, pace: Pace): Next {
  switch (record.state) {
    case 'approved':
      return advanceHeld(record, now, pace);
    case 'planning':
      return { do: 'ask-effector' };
    case 'running':
    case 'awaiting-hand':
      return advanceRun(record, now, pace);
    case 'stale':
      return record.voided.length > MAX_REPLANS
        ? { do: 'end', state: 'stuck', problem: stillThere(record) }
        : { do: 'replan' };
    default:
      return { do: 'end', state: record.state, problem: null };
  }
}

function advanceHeld(record: RequestRecord, now: number, { warnSeconds }: Pace): Next {
  const { due = 0, warned = true } = record.reverses ?? {};
  if (now >= due) return { do: 'ask-effector' };
  // Nobody wants to hear at once of an end that is ten seconds away.
  const before = Math.min(warnSeconds * 1000, (due - record.since) / 10);
  if (!warned && now < due - before) return { do: 'hold', until: Math.ceil(due - before) };
  return warned ? { do: 'hold', until: due } : { do: 'warn' };
}

function advanceRun(record: RequestRecord, now: number, pace: Pace): Next {
  if (record.steps.some(isUnresolved)) return { do: 'ask-effector' };
  if (stepsLeft(record, 'worker').length > 0) return { do: 'ask-effector' };
  if (record.steps.some((step) => step.outcome?.kind === 'failed')) {
    return { do: 'end', state: 'stuck', problem: stillThere(record) };
  }
  if (record.steps.some((step) => step.outcome?.kind === 'stale')) return { do: 'turn-stale' };
  if (record.steps.every(isAsPlanned)) return awaitProof(record, now, pace);
  return record.state === 'awaiting-hand'
    ? { do: 'look', at: now + pace.lookSeconds * 1000 }
    : { do: 'await-hand' };
}

function stillThere(record: RequestRecord): Problem {
  const cause = firstProblem(record.steps);
  return {
    code: 'reversal.stuck',
    summary:
      `What ${record.parent?.label ?? 'a request'} added for a time could not all be taken away again. ${cause?.summary ?? ''}`.trim(),
    remedy: cause?.remedy ?? 'Take it away with /undelegate, or ask a domain administrator.',
  };
}

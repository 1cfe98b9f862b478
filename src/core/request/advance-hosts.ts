import { isAboutMoves } from './advance-moves';
import { closedAt, isStopped } from './closing';
import { hasSetHost, hostsLeft } from './host-effect';
import { LAST_LOOK_MS, type Next, type Pace } from './next';
import type { RequestRecord } from './record';
import { firstProblem, hasEffect, isAsPlanned, isUnresolved } from './settle';

/** Whether a request is about settings of hosts, and neither about the directory nor about moves. */
export function isAboutHosts({ plan }: Pick<RequestRecord, 'plan'>): boolean {
  return hasSettings({ plan }) && !isAboutMoves({ plan });
}

/** Whether a plan sets hosts, by itself or before its moves. */
export function hasSettings({ plan }: Pick<RequestRecord, 'plan'>): boolean {
  return (plan?.hosts.settings.length ?? 0) > 0;
}

/**
 * What is next of a run that sets hosts: one host after the other, each read back before its outcome is recorded. What a person sets is
 * waited for and looked at.
 */
export function advanceHosts(record: RequestRecord, now: number, pace: Pace): Next {
  const { hostSteps } = record;
  // A setting that was begun is resolved by reading, however late.
  if (hostSteps.some(isUnresolved)) return { do: 'ask-effector' };
  const closed = closedAt(record, now);
  const byHand = hostsLeft(record, 'hand');
  if (closed !== null) {
    // What is a person's is looked at once more: it may be done, or done in part, since the last look.
    if (byHand.length > 0 && now - closed < LAST_LOOK_MS) return { do: 'ask-effector' };
    const isOver = hostSteps.every(({ outcome }) => outcome);
    return !isOver && isStopped(record) ? { do: 'end', state: 'stopped', problem: null } : settle(record);
  }
  if (hostsLeft(record, 'worker').length > 0) return { do: 'ask-effector' };
  const isGoingWell = hostSteps.every((step) => !step.outcome || isAsPlanned(step));
  if (byHand.length > 0 && isGoingWell) {
    return record.state === 'awaiting-hand'
      ? { do: 'look', at: now + pace.lookSeconds * 1000 }
      : { do: 'await-hand' };
  }
  return settle(record);
}

function settle(record: RequestRecord): Next {
  const { hostSteps, steps } = record;
  if (hostSteps.every(isAsPlanned)) return { do: 'end', state: 'done', problem: null };
  const problem = firstProblem(hostSteps);
  const hasChanged = hostSteps.some(hasSetHost) || steps.some(({ outcome }) => hasEffect(outcome));
  // Where machines were to move none has, whatever was set up for them.
  if (hasChanged) return { do: 'end', state: isAboutMoves(record) ? 'failed' : 'partial', problem };
  const isStale = hostSteps.some(({ outcome }) => outcome?.kind === 'stale');
  return isStale ? { do: 'turn-stale' } : { do: 'end', state: 'failed', problem };
}

import { isStopped } from '../../../../core/moves/envelope';
import type { MoveStep } from '../../../../core/moves/move-step';
import { notStarted } from '../../../../core/moves/readying';
import type { Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import { lastMoment } from '../../../../core/request/closing';
import { approvedAt, othersTask } from '../../../../core/request/warrant';
import type { Hindrance } from '../../setbacks';
import { findHindrance, wroteKey } from '../hindrance';
import { court, type HostEffectorParts } from '../parts';
import type { Sight } from './sight';

/** What keeps a move, or what is done before it, from being begun, by everything that is signed and this worker's own rules; null: nothing. */
export async function judgeMove(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, sight }: { step: MoveStep; sight: Sight },
): Promise<Hindrance | null> {
  const { plan } = record;
  if (!plan) return { kind: 'refused', problem: othersTask() };
  // Whoever has begun within its time may wait for Windows to notice.
  const hasBegun = sight.hasMoved(plan) || parts.wrote.has(wroteKey(record, plan, 'moves'));
  return findHindrance(parts, record, { plan, move: { step, hasBegun } });
}

/** So long after its approval has ended a machine is started again that was stopped in time, in milliseconds: no move takes longer. */
const LONGEST_MS = 86_400_000;

/**
 * Why a machine is not started again though the journal says that it was stopped, which is anybody's who writes Redis; null: it is. That it is stopped
 * and started has to be approved. Rules, freezes and stops do not count: nothing is kept off by them.
 */
export function refuseStart(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, host }: { step: MoveStep; host: string | null },
): Problem | null {
  const { plan } = record;
  const allowed = plan?.hosts.envelope?.machines.find(({ id }) => id === step.machine);
  const isApproved = plan && allowed && isStopped(allowed) && 'at' in approvedAt(record, plan, court(parts));
  if (isApproved)
    return parts.clock.now() <= lastMoment(record, 'endBy') + LONGEST_MS ? null : notStarted(step, host);
  return {
    code: 'plan.altered',
    summary: `The journal says that ${step.name} was stopped for its move, which nobody has approved. It was not started.`,
    remedy: 'Somebody may have written to Redis: look at the audit, and at the machine.',
  };
}

import { whereIs } from '../../../../core/hyperv/where-is';
import { wasStopped, type MoveStep } from '../../../../core/moves/move-step';
import { offBesideSilent } from '../../../../core/moves/readying';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import { endMove, noteMove } from './journal';
import type { Sight } from './sight';
import type { Visit } from './visit';
import { unheard } from './waiting';

/** So long a machine that was stopped may be off beside a host that is silent, in milliseconds, before a person has to know. */
const SILENT_MS = 300_000;

/**
 * Of a move of which an end says nothing: it is followed when that answers. One that was stopped for it and is seen off at the other end may be at both,
 * so nothing starts it; but nobody who needs it waits for as long as a host may be away. Null: somebody else was first.
 */
export async function followUnheard(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, visit: { sight, tell } }: { step: MoveStep; visit: Visit },
): Promise<RequestRecord | null> {
  const host = wasStopped(step) && step.tries > 0 ? hostWith(step, sight) : null;
  if (host === null) return tell(record, unheard(step, sight));
  const now = parts.clock.now();
  const { doubtSince } = step;
  if (doubtSince !== null && now - doubtSince >= SILENT_MS)
    return endMove(parts, record, { step, kind: 'stuck', problem: offBesideSilent(step, host) });
  const doubted = { step: { ...step, doubtSince: now }, what: 'move.in-doubt', detail: { host } };
  const noted = doubtSince === null ? await noteMove(parts, record, doubted) : record;
  return noted && tell(noted, unheard(step, sight));
}

/** The end that shows it, with no move of it under way; null: neither. */
function hostWith({ machine, from, to }: MoveStep, sight: Sight): string | null {
  const ends = [from, to].map((host) => whereIs(machine, [sight.reading(host)]));
  const found = ends.find((each) => each.where === 'here');
  return found && !found.isMoving ? found.host : null;
}

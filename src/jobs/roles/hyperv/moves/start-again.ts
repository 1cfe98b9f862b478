import type { MoveStep } from '../../../../core/moves/move-step';
import { notStarted } from '../../../../core/moves/readying';
import { Fault, type Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import { noteMove } from './journal';
import { refuseStart } from './judge-move';
import type { Sight } from './sight';
import { triedKey } from './waiting';

/** So long a machine may take to run again, in milliseconds; it is told again meanwhile. */
const START_MS = 300_000;

/**
 * Starts a machine again that was stopped for its move, wherever it is now: the intent first, then its host is told, again and again until it is
 * seen to run. What does not run in the end needs a person. Null: somebody else was first.
 */
export async function startAgain(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, sight }: { step: MoveStep; sight: Sight },
): Promise<RequestRecord | null> {
  const { clock, worker } = parts;
  const now = clock.now();
  const where = sight.where(step);
  const host = where.where === 'here' ? where.host : null;
  const restart = step.restart ?? { at: now, worker, endedAt: null };
  if (where.where === 'here' && where.reading.state === 'running') {
    const ended = { ...step, restart: { ...restart, endedAt: now } };
    return noteMove(parts, record, { step: ended, what: 'machine.runs', detail: { host } });
  }
  const late = now - restart.at >= START_MS ? notStarted(step, host) : null;
  const problem = refuseStart(parts, record, { step, host }) ?? late;
  if (problem) return giveUp(parts, record, { step: { ...step, restart }, host, problem });
  const marked = step.restart
    ? record
    : await noteMove(parts, record, {
        step: { ...step, restart },
        what: 'machine.start-intent',
        detail: { host },
      });
  if (!marked || host === null || !isDue(parts, record, step)) return marked;
  const failure = await tellStart(parts, step, host);
  if (!failure) return marked;
  const detail = { host, code: failure.code, message: failure.message };
  return noteMove(parts, marked, { step: { ...step, restart }, what: 'machine.start-refused', detail });
}

/** Of one that has arrived the check of its health says the rest; one that is where it was needs somebody. */
function giveUp(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, host, problem }: { step: MoveStep; host: string | null; problem: Problem },
): Promise<RequestRecord | null> {
  const now = parts.clock.now();
  const restart = step.restart && { ...step.restart, endedAt: now };
  const outcome = step.outcome && { ...step.outcome, kind: 'stuck' as const, problem };
  return noteMove(parts, record, {
    step: { ...step, restart, outcome },
    what: 'machine.not-started',
    detail: { host },
  });
}

async function tellStart({ hyperV }: HostEffectorParts, { machine }: MoveStep, host: string) {
  try {
    const said = await hyperV.tell({ machine, host, what: 'start' });
    return said === 'told' ? null : said;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return null;
  }
}

/** Told again as often as a person's step is looked at. */
function isDue({ tried, clock, rules }: HostEffectorParts, { id }: RequestRecord, step: MoveStep): boolean {
  const key = `${triedKey(id, step)} start`;
  const last = tried.get(key);
  const now = clock.monotonic();
  if (last !== undefined && now - last < rules.times.lookSeconds * 1_000) return false;
  tried.set(key, now);
  return true;
}

import { isMoveAsk, type MoveAsk } from '../../../../core/commands/ask';
import { parseCommand } from '../../../../core/commands/parse';
import { isMoving, type MoveStep } from '../../../../core/moves/move-step';
import { isDrain, isGivenUp } from '../../../../core/request/advance-moves';
import { closedAt, isStopped } from '../../../../core/request/closing';
import type { RequestRecord } from '../../../../core/request/record';
import { withLease } from '../../../with-lease';
import { findHindrance, wroteKey } from '../hindrance';
import { commit, type HostEffectorParts } from '../parts';
import { hindered } from '../../setbacks';
import { beginMove } from './begin-move';
import { lookAtEmptied } from './emptied';
import { followMove } from './follow-move';
import { watchProgress } from './progress';
import { concerned, lookAt, type Sight } from './sight';
import { giveSlots, keepSlots } from './slots';
import { cordonedHosts } from './world';

/**
 * One look at the moves of a request: what was begun is followed, and as many more are begun as hosts take. Null when there was nothing to do for
 * this worker.
 */
export async function driveMoves(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const { worker, random } = parts;
  const lease = {
    key: `moves-${record.id}`,
    holder: `${worker}/${random.hex(4)}`,
    reason: `${record.label} moves machines`,
  };
  return withLease(parts, lease, async () => {
    if (isOver(record)) return lookAtEmptied(parts, record);
    const sight = await lookAt(parts, concerned(record.moves));
    const followed = await followAll(parts, record, sight);
    const watched = followed && (await watchProgress(parts, followed, sight));
    return watched && beginAll(parts, watched, sight);
  });
}

/** Whether nothing is left to be moved, and hosts are to be looked at that were emptied. */
function isOver(record: RequestRecord): boolean {
  if (!isDrain(record) || record.remaining !== null || record.moves.some(isMoving)) return false;
  return record.moves.every(({ outcome }) => outcome) || isStopped(record) || isGivenUp(record.moves);
}

async function followAll(
  parts: HostEffectorParts,
  first: RequestRecord,
  sight: Sight,
): Promise<RequestRecord | null> {
  let record = first;
  for (const step of first.moves.filter(isMoving)) {
    const next = await followMove(parts, record, { step, sight });
    if (!next) return null;
    record = next;
    const now = record.moves.find(({ machine }) => machine === step.machine);
    if (now && isMoving(now)) await keepSlots(parts, record, step);
    else await giveSlots(parts, record, step);
  }
  return record;
}

/** In the order of the journal: what has to wait keeps no other waiting. */
async function beginAll(
  parts: HostEffectorParts,
  first: RequestRecord,
  sight: Sight,
): Promise<RequestRecord | null> {
  let record = first;
  const ask = askOf(first);
  const cordoned = await cordonedHosts(parts);
  const left = first.moves.filter(({ intent, outcome }) => !intent && !outcome);
  const mayBegin = (): boolean =>
    !isStopped(record) && !isGivenUp(record.moves) && closedAt(record, parts.clock.now()) === null;
  for (const step of left.filter((each) => isDue(parts, record, each))) {
    if (!ask || !record.plan || record.ending || !mayBegin() || isFull(record, ask)) return record;
    // Whoever has begun within its time may wait for Windows to notice.
    const begunKey = wroteKey(record, record.plan, 'moves');
    const hindrance = await findHindrance(parts, record, {
      plan: record.plan,
      move: { step, hasBegun: sight.hasMoved(record.plan) || parts.wrote.has(begunKey) },
    });
    if (hindrance) {
      const setback = hindered(record, hindrance, parts.clock.now());
      // What is under way is followed to its end first, whatever ends the request.
      const isUnderWay = record.moves.some(isMoving);
      return setback && !(isUnderWay && hindrance.kind !== 'held') ? commit(parts, record, setback) : record;
    }
    parts.wrote.add(begunKey);
    const next = await beginMove(parts, record, { step, sight, ask, cordoned });
    if (!next) return null;
    // The others go where they are planned to go by now, as the next look has it.
    if (next.replans !== record.replans) return next;
    record = next;
  }
  return record;
}

/** Whether as many go on as were asked for at a time. */
function isFull({ moves }: RequestRecord, ask: MoveAsk): boolean {
  const most = ask.verb === 'migrate' ? null : ask.most;
  return most !== null && moves.filter(isMoving).length >= most;
}

/** A move that waits for Windows is tried again as often as a person's step is looked at. */
function isDue({ tried, clock, rules }: HostEffectorParts, { id }: RequestRecord, step: MoveStep): boolean {
  if (step.waitingSince === null) return true;
  const key = `${id} ${step.machine}`;
  const last = tried.get(key);
  const now = clock.monotonic();
  if (last !== undefined && now - last < rules.times.lookSeconds * 1_000) return false;
  tried.set(key, now);
  return true;
}

function askOf({ intake }: RequestRecord): MoveAsk | null {
  const parsed = parseCommand('/hv', intake.statement.command);
  return parsed.ok && isMoveAsk(parsed.ask) ? parsed.ask : null;
}

import type { MoveAsk } from '../../../../core/commands/ask';
import { askedMoves } from '../../../../core/moves/asked-moves';
import { awaitsRoom, isRoomUnwanted, roomMakers, unwanted } from '../../../../core/moves/making-room';
import {
  hasMoved,
  isMoving,
  isReadying,
  isUnderWay,
  owesStart,
  type MoveStep,
} from '../../../../core/moves/move-step';
import { notBegun } from '../../../../core/moves/readying';
import { isDrain, isGivenUp } from '../../../../core/request/advance-moves';
import { choicesSaid, chosenOf } from '../../../../core/request/choices';
import { isStopped } from '../../../../core/request/closing';
import { unheardWord } from '../../../../core/request/move-word';
import { paceOf } from '../../../../core/request/next';
import type { RequestRecord } from '../../../../core/request/record';
import { movesClosedAt } from '../../../../core/request/window';
import { withLease } from '../../../with-lease';
import { wroteKey } from '../hindrance';
import { commit, type HostEffectorParts } from '../parts';
import { hindered, type Hindrance } from '../../setbacks';
import { beginMove } from './begin-move';
import { lookAtEmptied } from './emptied';
import { followMove } from './follow-move';
import { followUnheard } from './follow-unheard';
import { hearWord } from './hear-word';
import { isEarly, leaveLate, planAtOpening } from './in-window';
import { endMove } from './journal';
import { judgeMove } from './judge-move';
import { watchProgress } from './progress';
import { followReadying } from './ready-machine';
import { isRoundsTurn, turnRound } from './rounds/turn-round';
import { lookAt } from './sight';
import { giveSlots, keepSlots } from './slots';
import { startAgain } from './start-again';
import { teller, type Visit } from './visit';
import { triedKey } from './waiting';
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
    const said = unheardWord(record);
    if (said) return hearWord(parts, record, said);
    if (isRoundsTurn(parts, record)) return turnRound(parts, record);
    if (isOver(parts, record)) return lookAtEmptied(parts, record);
    if (isEarly(parts, record)) return record;
    const { moves } = record;
    const visit = { sight: await lookAt(parts, moves), moves, ...teller(parts) };
    const resumed = await followReadied(parts, record, visit);
    const followed = resumed && (await followAll(parts, resumed, visit));
    const watched = followed && (await watchProgress(parts, followed, visit));
    const planned = watched && (await planAtOpening(parts, watched, askedMoves(watched)));
    const timely = planned && (await leaveLate(parts, planned));
    const begun = timely && (await beginAll(parts, timely, visit));
    return begun && clearTrouble(parts, begun, visit);
  });
}

/** What kept it waiting before, and does not any more. A move that Windows had no slot for is tried again later, and waits till then. */
async function clearTrouble(
  parts: HostEffectorParts,
  record: RequestRecord,
  { hasTold }: Visit,
): Promise<RequestRecord | null> {
  const isOld =
    record.trouble !== null && !hasTold() && record.trouble.code !== 'host.full' && !record.ending;
  if (!isOld) return record;
  return commit(parts, record, { change: { trouble: null }, what: 'trouble.over', detail: {} });
}

/** Whether nothing is left to be moved, and hosts are to be looked at that were emptied. */
function isOver({ clock, rules }: HostEffectorParts, record: RequestRecord): boolean {
  const { moves, rounds, remaining } = record;
  if (!isDrain(record) || rounds.length > 0 || remaining !== null || moves.some(isUnderWay)) return false;
  const isClosed = isStopped(record) || movesClosedAt(record, clock.now(), paceOf(rules)) !== null;
  return isClosed || moves.every(({ outcome }) => outcome) || isGivenUp(moves);
}

/** What was made ready and not begun, and what has to be started again. */
async function followReadied(
  parts: HostEffectorParts,
  first: RequestRecord,
  visit: Visit,
): Promise<RequestRecord | null> {
  const { sight } = visit;
  let record = first;
  for (const step of first.moves.filter((each) => isReadying(each) || owesStart(each))) {
    const now = record;
    const isOpen = mayBegin(parts, now);
    const mayTell = async (): Promise<boolean> =>
      isOpen && (await judgeMove(parts, now, { step, sight })) === null;
    const next =
      sight.where(step).where === 'unknown'
        ? await followUnheard(parts, record, { step, visit })
        : owesStart(step)
          ? await startAgain(parts, record, { step, sight })
          : await followReadying(parts, record, { step, sight, mayBegin: isOpen, mayTell });
    if (!next) return null;
    record = next;
    const after = record.moves.find(({ machine }) => machine === step.machine);
    if (after && isReadying(after)) await keepSlots(parts, record, { step, sight });
    else await giveSlots(parts, record, step);
  }
  return record;
}

/** Whether anything of a request may still begin. */
function mayBegin({ clock, rules }: HostEffectorParts, record: RequestRecord): boolean {
  return (
    !isStopped(record) &&
    !isGivenUp(record.moves) &&
    movesClosedAt(record, clock.now(), paceOf(rules)) === null
  );
}

async function followAll(
  parts: HostEffectorParts,
  first: RequestRecord,
  visit: Visit,
): Promise<RequestRecord | null> {
  const { sight } = visit;
  let record = first;
  for (const step of first.moves.filter(isMoving)) {
    const isUnknown = sight.where(step).where === 'unknown';
    const next = isUnknown
      ? await followUnheard(parts, record, { step, visit })
      : await followMove(parts, record, { step, sight });
    if (!next) return null;
    record = next;
    const now = record.moves.find(({ machine }) => machine === step.machine);
    if (now && isMoving(now)) await keepSlots(parts, record, { step, sight });
    else await giveSlots(parts, record, step);
  }
  return record;
}

/** In the order of the journal: what has to wait keeps no other waiting. */
async function beginAll(
  parts: HostEffectorParts,
  first: RequestRecord,
  visit: Visit,
): Promise<RequestRecord | null> {
  const { sight, tell } = visit;
  let record = first;
  const ask = askedMoves(first);
  if (!ask) return first;
  const cordoned = await cordonedHosts(parts, { ask, request: first.id });
  const chosen = chosenOf(choicesSaid(first));
  const isLeaving = (step: MoveStep): boolean => chosen[step.machine] === 'leave' && !isReadying(step);
  // Nobody waits longer than one that was stopped for its move, and nothing makes room for what is left.
  const rank = (step: MoveStep): number => (isReadying(step) ? 0 : isLeaving(step) ? 1 : 2);
  const left = first.moves
    .filter((step) => !step.intent && !step.outcome && !isBeingReadied(step))
    .toSorted((a, b) => rank(a) - rank(b));
  const makers = roomMakers(first.plan);
  const isAwaiting = (step: MoveStep): boolean =>
    !isLeaving(step) && !isReadying(step) && awaitsRoom(step, visit.moves, makers);
  for (const step of left.filter((each) => !isAwaiting(each) && isDue(parts, record, each))) {
    const { plan } = record;
    if (!plan || record.ending || !mayBegin(parts, record) || isFull(record, ask, step)) return record;
    const hindrance = await judgeMove(parts, record, { step, sight });
    if (hindrance) return holdUp(parts, record, { hindrance, visit });
    parts.wrote.add(wroteKey(record, plan, 'moves'));
    const seen = record;
    const mayStill = async (): Promise<boolean> =>
      mayBegin(parts, seen) && (await judgeMove(parts, seen, { step, sight })) === null;
    // Whoever has chosen was judged with all statements just now.
    const next = isLeaving(step)
      ? await endMove(parts, record, { step, kind: 'left' })
      : isRoomUnwanted(step, record.moves, makers)
        ? await endMove(parts, record, { step, kind: 'left', problem: unwanted(step) })
        : await beginMove(parts, record, { step, sight, ask, cordoned, tell, mayStill });
    if (!next) return null;
    // The others go where they are planned to go by now, as the next look has it.
    if (next.replans !== record.replans) return next;
    record = next;
  }
  return record;
}

/** What is under way is followed to its end first, whatever ends the request; what has moved has moved. */
async function holdUp(
  parts: HostEffectorParts,
  record: RequestRecord,
  { hindrance, visit }: { hindrance: Hindrance; visit: Visit },
): Promise<RequestRecord | null> {
  if (hindrance.kind === 'held') return visit.tell(record, hindrance.problem);
  const ready = record.moves.find((step) => isReadying(step) && !isBeingReadied(step));
  if (ready) return endMove(parts, record, { step: ready, kind: 'left', problem: notBegun(ready) });
  if (record.moves.some(isUnderWay)) return record;
  const setback = hindered(record, hindrance, parts.clock.now());
  if (!setback) return record;
  const hasMovedAny = record.moves.some(hasMoved) || record.rounds.some(({ away }) => away > 0);
  const isPartly = setback.change.state === 'failed' && hasMovedAny;
  return commit(
    parts,
    record,
    isPartly ? { ...setback, change: { ...setback.change, state: 'partial' as const } } : setback,
  );
}

/** Whether as many go on as were asked for at a time. */
function isFull({ moves }: RequestRecord, ask: MoveAsk, { machine }: MoveStep): boolean {
  const most = ask.verb === 'migrate' ? null : ask.most;
  const going = moves.filter((step) => step.machine !== machine && isUnderWay(step) && !owesStart(step));
  return most !== null && going.length >= most;
}

/** Its host was told, and it is not ready yet. */
function isBeingReadied(step: MoveStep): boolean {
  return isReadying(step) && step.readied?.doneAt === null;
}

/** A move that waits for Windows, or that it had no slot for, is tried again as often as a person's step is looked at. */
function isDue({ tried, clock, rules }: HostEffectorParts, { id }: RequestRecord, step: MoveStep): boolean {
  const key = triedKey(id, step);
  const last = tried.get(key);
  const now = clock.monotonic();
  if (last !== undefined && now - last < rules.times.lookSeconds * 1_000) return false;
  if (step.waitingSince !== null) tried.set(key, now);
  return true;
}

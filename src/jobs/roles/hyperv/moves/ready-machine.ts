import type { MachineReading } from '../../../../core/hyperv-port';
import type { MoveStep } from '../../../../core/moves/move-step';
import { isReady, notBegun, notReadied, READY_MS, refusedToReady } from '../../../../core/moves/readying';
import { Fault } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import { asBefore } from './before';
import { endMove, failMove, noteMove } from './journal';
import type { Sight } from './sight';
import { gone, triedKey } from './waiting';

/** So long a machine that is ready waits for its move at most, in milliseconds: it may be switched off meanwhile. */
const WAIT_MS = 300_000;

/** Records that a machine is to be made ready for its move, and tells its host. What comes of it is seen by looking. */
export async function readyMachine(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, sight, machine }: { step: MoveStep; sight: Sight; machine: MachineReading },
): Promise<RequestRecord | null> {
  const { clock, worker } = parts;
  const readied = { at: clock.now(), worker, before: asBefore(machine, step, sight), doneAt: null };
  const told = { ...step, readied };
  const marked = await noteMove(parts, record, {
    step: told,
    what: 'machine.intent',
    detail: { first: step.first },
  });
  if (!marked) return null;
  const failure = await tell(parts, record, told);
  return failure ? failMove(parts, marked, { step: told, problem: refusedToReady(told, failure) }) : marked;
}

/** What may still be done for a move that has not begun. */
interface Limits {
  /** Whether it may begin at all, as far as time and whoever says stop have it. */
  readonly mayBegin: boolean;
  /** Whether its host may be told now, by everything that is signed: the journal that says it was told is anybody's who writes Redis. */
  readonly mayTell: () => Promise<boolean>;
}

/**
 * Looks whether a machine is ready for its move. One whose move cannot begin soon, or must not begin any more, is let go: whoever was stopped is
 * started again. Null: somebody else was first.
 */
export async function followReadying(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, sight, mayBegin, mayTell }: { step: MoveStep; sight: Sight } & Limits,
): Promise<RequestRecord | null> {
  const { readied, first } = step;
  const where = sight.where(step);
  if (!readied) return record;
  if (where.where === 'nowhere') return failMove(parts, record, { step, problem: gone(step) });
  if (where.where !== 'here') return record;
  const now = parts.clock.now();
  // A journal that does not say what was told was edited: the worst is taken, and the move not begun.
  const told = first ?? 'shut-down';
  const isDone = isReady(where.reading, told);
  if (isDone && readied.doneAt === null) {
    const done = { ...step, readied: { ...readied, doneAt: now } };
    return noteMove(parts, record, { step: done, what: 'machine.ready', detail: { first } });
  }
  const isLate = readied.doneAt !== null && now - readied.doneAt >= WAIT_MS;
  if (isDone)
    return isLate || !mayBegin || first === null
      ? endMove(parts, record, { step, kind: 'left', problem: notBegun(step) })
      : record;
  const isOver = readied.doneAt !== null || now - readied.at >= READY_MS[told];
  if (isOver) return failMove(parts, record, { step, problem: notReadied(step) });
  await tellAgain(parts, record, { step, mayTell });
  return record;
}

/** A worker that has died may not have said it. */
async function tellAgain(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, mayTell }: { step: MoveStep } & Pick<Limits, 'mayTell'>,
): Promise<void> {
  const isTold = parts.tried.has(toldKey(record, step));
  if (!isTold && (await mayTell())) await tell(parts, record, step);
}

/** Windows' refusal; null: it was told, or nobody knows. */
async function tell(parts: HostEffectorParts, record: RequestRecord, step: MoveStep) {
  const { machine, from: host, first: what } = step;
  parts.tried.set(toldKey(record, step), parts.clock.monotonic());
  if (what === null) return null;
  try {
    const said = await parts.hyperV.tell({ machine, host, what });
    return said === 'told' ? null : said;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return null;
  }
}

function toldKey({ id }: RequestRecord, step: MoveStep): string {
  return `${triedKey(id, step)} first`;
}

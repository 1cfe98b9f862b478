import type { MoveAsk } from '../../../../core/commands/ask';
import type { MoveCheck } from '../../../../core/hyperv/check';
import { isAtLimit } from '../../../../core/hyperv/limits';
import { machineChecks } from '../../../../core/hyperv/machine-checks';
import type { HostReading, MachineReading, WindowsFailure } from '../../../../core/hyperv-port';
import { isInDoubt, leftBehind } from '../../../../core/moves/left-behind';
import { isRoomUnwanted, madeAlready, roomMakers } from '../../../../core/moves/making-room';
import { folderChecks } from '../../../../core/moves/folder-checks';
import { fileBytes, localBytes } from '../../../../core/moves/move-cost';
import { isUnderWay, type MoveStep } from '../../../../core/moves/move-step';
import { asReadied, isReady } from '../../../../core/moves/readying';
import { emptiedNow } from '../../../../core/moves/rounds';
import { isNamed } from '../../../../core/moves/refuse-envelope';
import { Fault, problemOf, type Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import { askElsewhere } from './ask-elsewhere';
import { asBefore } from './before';
import { diagnoseMove } from './diagnose-move';
import { endMove, failMove, noteMove } from './journal';
import { isSignIn, tryCompare } from './notice';
import { readyMachine } from './ready-machine';
import { MOST_REPLANS, replanLeft } from './replan';
import type { Sight } from './sight';
import { giveSlots, takeSlots } from './slots';
import { busy, full, gone, renamed, triedKey, unheard } from './waiting';

/** A move that may be begun, and what was seen. */
interface Beginning {
  readonly step: MoveStep;
  readonly sight: Sight;
  /** As the intake has it, whose signature was checked. */
  readonly ask: MoveAsk;
  /** Hosts that no machine is to be put on. */
  readonly cordoned: ReadonlySet<string>;
  /** Tells what keeps a machine waiting: of several the first, at each look alike. */
  readonly tell: (record: RequestRecord, problem: Problem) => Promise<RequestRecord | null>;
  /** Whether a move may still begin: Windows’ own check takes its time, and somebody may have said stop meanwhile. */
  readonly mayStill: () => Promise<boolean>;
}

/**
 * Looks once more, asks Windows, records the intent, and begins a move; what becomes of it is followed by looking. Gives the record as it is then,
 * the same one when there is no room for it yet, null when somebody else was first.
 */
export async function beginMove(
  parts: HostEffectorParts,
  record: RequestRecord,
  beginning: Beginning,
): Promise<RequestRecord | null> {
  const { step, sight, ask, tell } = beginning;
  const where = sight.where(step);
  const isHeard = [step.from, step.to].every((host) => sight.reading(host).facts && sight.isHeard(host));
  if (where.where === 'unknown' || !isHeard) return tell(record, unheard(step, sight));
  if (where.where === 'nowhere')
    return roomMakers(record.plan).has(step.machine)
      ? endMove(parts, record, { step, kind: 'left', problem: madeAlready(step) })
      : failMove(parts, record, { step, problem: gone(step) });
  if (where.where !== 'here' || isInDoubt(where)) {
    return failMove(parts, record, { step, problem: leftBehind(step, where) });
  }
  if (where.host !== step.from) return endMove(parts, record, { step, kind: 'there' });
  const machine = where.reading;
  if (!isNamed(ask, machine)) return failMove(parts, record, { step, problem: renamed(step, machine) });
  if (machine.isBusy) return tell(record, busy(step));
  const hindrance = hindranceOf(asReadied(machine, step.first), beginning);
  if (hindrance) return elsewhereOrFailed(parts, record, { ...beginning, hindrance });
  if (!(await takeSlots(parts, record, { step, sight }))) {
    // While one of its own goes on the next look comes by itself.
    return record.moves.some(isUnderWay) ? record : tell(record, full(step));
  }
  return withSlots(parts, record, { ...beginning, machine });
}

/** Slots are given back unless the move is under way; after a transition that somebody else made they may be another worker's. */
async function withSlots(
  parts: HostEffectorParts,
  record: RequestRecord,
  beginning: Beginning & { machine: MachineReading },
): Promise<RequestRecord | null> {
  const { step, tell } = beginning;
  try {
    const begun = await compareAndBegin(parts, record, beginning);
    const now = begun?.moves.find((each) => each.machine === step.machine);
    if (begun && !(now && isUnderWay(now))) await giveSlots(parts, record, step);
    return begun;
  } catch (error) {
    await giveSlots(parts, record, step);
    if (!(error instanceof Fault)) throw error;
    // One that cannot be asked about keeps no other waiting.
    return tell(record, problemOf(error));
  }
}

/** Where it was to go it cannot go any more: perhaps it can go somewhere else that was approved. To any other host it goes when that is asked for. */
async function elsewhereOrFailed(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, ask, hindrance }: Beginning & { hindrance: Problem },
): Promise<RequestRecord | null> {
  const makers = roomMakers(record.plan);
  const isRoom = makers.has(step.machine);
  // What returns has one place to go.
  const isEmptying = ask.verb === 'drain' && (isRoom || emptiedNow(record, ask).includes(step.from));
  if (!isEmptying) return failMove(parts, record, { step, problem: hindrance });
  const replanned =
    record.replans < MOST_REPLANS
      ? await replanLeft(parts, record, { ask, step })
      : { record, isStuck: true };
  if (!replanned.record || !replanned.isStuck) return replanned.record;
  if (isRoom) {
    // By the new plan nobody may need it: the next look leaves it then.
    return isRoomUnwanted(step, replanned.record.moves, makers)
      ? replanned.record
      : failMove(parts, replanned.record, { step, problem: hindrance });
  }
  const problem = await askElsewhere(parts, replanned.record, { step, ask, hindrance });
  return failMove(parts, replanned.record, { step, problem });
}

async function compareAndBegin(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, sight, ask, machine, mayStill }: Beginning & { machine: MachineReading },
): Promise<RequestRecord | null> {
  // The directory part of the plan has it, or has found it there: Windows has only to notice.
  const isDelegated = (ask.verb === 'rebalance' || !ask.noDelegate) && step.from !== step.to;
  const found = await tryCompare(parts, step, { isPurgeWanted: isDelegated });
  const [failure] = found;
  // One that is stopped is not kept waiting: whoever has to notice is asked before that.
  if (failure && isDelegated && isSignIn(failure) && !step.readied)
    return waitForWindows(parts, record, { step, failure });
  const isFirst = !isReady(machine, step.first);
  // What is wrong with it as it is now may be just what is done first.
  if (failure && !isFirst) return failWith(parts, record, { step, failure });
  if (!(await mayStill())) return record;
  if (isFirst) return readyMachine(parts, record, { step, sight, machine });
  const before = asBefore(machine, step, sight);
  const intent = { at: parts.clock.now(), worker: parts.worker, before };
  const intended = { ...step, intent, tries: step.tries + 1, doubtSince: null };
  const marked = await noteMove(parts, record, {
    step: intended,
    what: 'move.intent',
    // What was asked again until Windows agreed has been proved by that.
    detail: { proved: step.waitingSince !== null },
  });
  return marked && order(parts, marked, intended);
}

async function order(
  parts: HostEffectorParts,
  record: RequestRecord,
  step: MoveStep,
): Promise<RequestRecord | null> {
  const { machine, from, to, storage } = step;
  try {
    const begun = await parts.hyperV.start({ machine, from, to, storage });
    if (begun === 'begun') return record;
    if (isAtLimit(begun)) {
      const back = { ...step, intent: null, tries: step.tries - 1 };
      parts.tried.set(triedKey(record.id, step), parts.clock.monotonic());
      return await noteMove(parts, record, { step: back, what: 'move.no-slot', trouble: full(step) });
    }
    return await failWith(parts, record, { step, failure: begun });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // Whether it is carried out is not known: where the machine is will tell.
    return record;
  }
}

/** The delegation is there, and Windows does not know it yet: asked again until it does, or for as long as that can take. */
async function waitForWindows(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, failure }: { step: MoveStep; failure: WindowsFailure },
): Promise<RequestRecord | null> {
  const now = parts.clock.now();
  const { waitingSince } = step;
  if (waitingSince === null) {
    return noteMove(parts, record, {
      step: { ...step, waitingSince: now },
      what: 'move.waits',
      detail: { code: failure.code },
    });
  }
  return now - waitingSince < parts.rules.times.noticeSeconds * 1_000
    ? record
    : failWith(parts, record, { step, failure });
}

async function failWith(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, failure }: { step: MoveStep; failure: WindowsFailure },
): Promise<RequestRecord | null> {
  const { problem, diagnosis } = await diagnoseMove(parts, record, { step, failure });
  return endMove(parts, record, { step, kind: 'failed', problem, diagnosis });
}

/** What has changed since the plan, and would end the move badly. */
function hindranceOf(machine: MachineReading, { step, sight, cordoned }: Beginning): Problem | null {
  const ends = { from: sight.reading(step.from), to: sight.reading(step.to) };
  if (step.from === step.to) return impossible(step, spaceFor(step, machine, ends.to));
  if (cordoned.has(step.to)) {
    return {
      code: 'host.cordoned',
      summary: `${step.name} was not moved: ${step.to} is cordoned, so no machine is put there.`,
      remedy: `Choose another host, or ask /hv uncordon ${step.to}.`,
    };
  }
  return impossible(step, [...machineChecks(machine, ends), ...spaceFor(step, machine, ends.to)]);
}

/** Whether its disks have room where they were approved to go: something else may have filled that meanwhile. */
function spaceFor(
  { from, to: host, storage }: MoveStep,
  machine: MachineReading,
  to: HostReading,
): readonly MoveCheck[] {
  if (storage === null) return [];
  const bytes = from === host ? fileBytes(machine) : localBytes(machine);
  return folderChecks(machine, { to, path: storage, bytes });
}

function impossible({ name, from, to }: MoveStep, checks: readonly MoveCheck[]): Problem | null {
  const found = checks.find(({ result }) => result === 'bad');
  if (!found) return null;
  const what = from === to ? `The disks of ${name} were not moved` : `${name} was not moved to ${to}`;
  return { code: 'move.impossible', summary: `${what}: ${found.evidence}`, remedy: found.fix };
}

import type { MoveAsk } from '../../../../core/commands/ask';
import { isAtLimit } from '../../../../core/hyperv/limits';
import { machineChecks } from '../../../../core/hyperv/machine-checks';
import type { MachineReading, WindowsFailure } from '../../../../core/hyperv-port';
import { isInDoubt, leftBehind } from '../../../../core/moves/left-behind';
import { isMoving, type MoveStep } from '../../../../core/moves/move-step';
import { isNamed } from '../../../../core/moves/refuse-envelope';
import { Fault, type Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import { noteTrouble, type HostEffectorParts } from '../parts';
import { diagnoseMove } from './diagnose-move';
import { endMove, failMove, noteMove } from './journal';
import { isSignIn, tryCompare } from './notice';
import { MOST_REPLANS, replanLeft } from './replan';
import type { Sight } from './sight';
import { giveSlots, takeSlots } from './slots';

/** A move that may be begun, and what was seen. */
interface Beginning {
  readonly step: MoveStep;
  readonly sight: Sight;
  /** As the intake has it, whose signature was checked. */
  readonly ask: MoveAsk;
  /** Hosts that no machine is to be put on. */
  readonly cordoned: ReadonlySet<string>;
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
  const { step, sight, ask } = beginning;
  const where = sight.where(step);
  if (where.where === 'unknown') return noteTrouble(parts, record, unheard(step, sight));
  if (isInDoubt(where)) return failMove(parts, record, { step, problem: leftBehind(step, where) });
  if (where.where !== 'here') return failMove(parts, record, { step, problem: gone(step) });
  if (where.host !== step.from) return endMove(parts, record, { step, kind: 'there' });
  const machine = where.reading;
  if (!isNamed(ask, machine)) return failMove(parts, record, { step, problem: renamed(step, machine) });
  if (machine.isBusy) return noteTrouble(parts, record, busy(step));
  const hindrance = hindranceOf(machine, beginning);
  if (hindrance) return elsewhereOrFailed(parts, record, { ...beginning, hindrance });
  if (!(await takeSlots(parts, record, { step, sight }))) {
    // While one of its own goes on the next look comes by itself.
    return record.moves.some(isMoving) ? record : noteTrouble(parts, record, full(step));
  }
  const begun = await compareAndBegin(parts, record, { ...beginning, machine });
  const now = begun?.moves.find((each) => each.machine === step.machine);
  if (!now?.intent || now.outcome) await giveSlots(parts, record, step);
  return begun;
}

/** Where it was to go it cannot go any more: perhaps it can go somewhere else that was approved. */
function elsewhereOrFailed(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, ask, hindrance }: Beginning & { hindrance: Problem },
): Promise<RequestRecord | null> {
  const mayReplan = ask.verb === 'drain' && record.replans < MOST_REPLANS;
  return mayReplan ? replanLeft(parts, record, ask) : failMove(parts, record, { step, problem: hindrance });
}

async function compareAndBegin(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, sight, ask, machine }: Beginning & { machine: MachineReading },
): Promise<RequestRecord | null> {
  // The directory part of the plan has it, or has found it there: Windows has only to notice.
  const isDelegated = (ask.verb === 'rebalance' || !ask.noDelegate) && step.from !== step.to;
  const found = await tryCompare(parts, step, { isPurgeWanted: isDelegated });
  const [failure] = found;
  if (failure && isDelegated && isSignIn(failure)) return waitForWindows(parts, record, { step, failure });
  if (failure) return failWith(parts, record, { step, failure });
  const before = {
    state: machine.state,
    uptimeMs: machine.uptimeMs,
    heartbeat: machine.heartbeat,
    switches: [...machine.switches],
    addresses: [...machine.addresses],
    at: sight.reading(step.from).at,
    jobs: sight.jobs(step).map(({ id }) => id),
  };
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
      return await noteMove(parts, record, { step: back, what: 'move.no-slot' });
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
  if (step.from === step.to) return null;
  if (cordoned.has(step.to)) {
    return {
      code: 'host.cordoned',
      summary: `${step.name} was not moved: ${step.to} is cordoned, so no machine is put there.`,
      remedy: `Choose another host, or ask /hv uncordon ${step.to}.`,
    };
  }
  const ends = { from: sight.reading(step.from), to: sight.reading(step.to) };
  const found = machineChecks(machine, ends).find(({ result }) => result === 'bad');
  return found
    ? {
        code: 'move.impossible',
        summary: `${step.name} was not moved to ${step.to}: ${found.evidence}`,
        remedy: found.fix,
      }
    : null;
}

function unheard({ from, to }: MoveStep, sight: Sight): Problem {
  const silent = [from, to].map((host) => sight.reading(host)).find(({ facts }) => facts === null);
  const host = silent?.host ?? from;
  return {
    code: 'host.silent',
    summary: `${host} does not answer: ${silent?.silent?.message ?? ''}`,
    remedy: `Check that ${host} is up and that WinRM answers there; it goes on by itself.`,
  };
}

function gone({ name, from, to }: MoveStep): Problem {
  return {
    code: 'move.overtaken',
    summary: `${name} was not moved: it is neither on ${from} nor on ${to} any more.`,
    remedy: 'Somebody has moved or removed it: look where it is, then ask again.',
  };
}

function busy({ name, from }: MoveStep): Problem {
  return {
    code: 'machine.busy',
    summary: `${name} is being moved or backed up on ${from} by somebody else right now.`,
    remedy: 'It goes on by itself when that is over.',
  };
}

function renamed({ name }: MoveStep, machine: MachineReading): Problem {
  return {
    code: 'machine.other',
    summary: `${name} was not moved: the machine with its id is called ${machine.name}, which was not asked for.`,
    remedy: 'Ask again with the name that it has now.',
  };
}

function full({ name, from, to }: MoveStep): Problem {
  return {
    code: 'host.full',
    summary: `${name} waits: ${from} or ${to} is moving as many machines as it may.`,
    remedy: 'It goes on by itself when one of those moves is over.',
  };
}

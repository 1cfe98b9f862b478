import type { MachineReading, MoveReading, WindowsFailure } from '../../../../core/hyperv-port';
import { healthAfter, isWell } from '../../../../core/moves/health';
import { isInDoubt, leftBehind } from '../../../../core/moves/left-behind';
import { isToStart, wasStopped, type MoveStep } from '../../../../core/moves/move-step';
import { isBelow } from '../../../../core/moves/storage-folder';
import type { Whereabouts } from '../../../../core/hyperv/where-is';
import type { Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import { diagnoseMove } from './diagnose-move';
import { endMove, noteMove } from './journal';
import type { Sight } from './sight';
import { startAgain } from './start-again';

/**
 * So long after its order a move may not be seen yet, in milliseconds: more than the order itself may take to be answered (a minute to begin, two
 * to be read), since one that got no answer may still begin.
 */
const GRACE_MS = 300_000;

/** So long a machine may be where it cannot stay, in milliseconds. */
const DOUBT_MS = 30_000;

/** So long a machine may take to be well after its move, in milliseconds. */
const HEALTH_MS = 90_000;

/** The same of one that was stopped for it, and boots. */
const BOOT_MS = 300_000;

/** So often a move is begun of which nothing was ever seen. */
const MOST_TRIES = 2;

type Followed = RequestRecord | null;

/**
 * Looks how a move stands that was begun, and records what is new. Where the machine is counts, by its id and on both hosts, and not what became
 * of the order: an order that got no answer may have been carried out. Gives the record as it was when nothing is new, null when somebody else
 * was first.
 */
export async function followMove(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, sight }: { step: MoveStep; sight: Sight },
): Promise<Followed> {
  const where = sight.where(step);
  const jobs = sight.jobs(step).filter(({ id }) => !step.intent?.before.jobs.includes(id));
  const isRunning = jobs.some(({ state }) => state === 'running');
  if (!isRunning && isInDoubt(where)) return doubt(parts, record, { step, where });
  if (step.doubtSince !== null) {
    return noteMove(parts, record, { step: { ...step, doubtSince: null }, what: 'move.out-of-doubt' });
  }
  if (isRunning || where.where !== 'here') return record;
  if (hasArrived(step, where, jobs)) return welcome(parts, record, { step, reading: where.reading, sight });
  // Windows may still be at it, though no host shows the job, or says which it shows.
  if (where.isMoving || !sight.isHeard(step.from)) return record;
  const failure = jobs.findLast(({ state }) => state === 'failed')?.failure ?? null;
  return stayed(parts, record, { step, failure, hasEnded: jobs.length > 0 });
}

/** Of a move within one host, whether its disks are where they were to be; else whether it is at its destination. */
function hasArrived(
  { from, to, storage }: MoveStep,
  { host, reading }: Whereabouts & { where: 'here' },
  jobs: readonly MoveReading[],
): boolean {
  if (from !== to) return host === to;
  return (
    !jobs.some(({ state }) => state === 'failed') &&
    storage !== null &&
    reading.disks.every(({ kind, path }) => kind === 'physical' || isBelow(path, storage))
  );
}

/** At its destination: it is well, or it has a while to become so. */
async function welcome(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, reading, sight }: { step: MoveStep; reading: MachineReading; sight: Sight },
): Promise<Followed> {
  const now = parts.clock.now();
  const { intent, arrivedAt, readied } = step;
  if (!intent) return record;
  if (arrivedAt !== null && isToStart(step)) return startAgain(parts, record, { step, sight });
  const { host, at } = sight.reading(step.to);
  const isRestarted = wasStopped(step);
  const before = isRestarted && readied ? readied.before : intent.before;
  const health = healthAfter(before, { reading, host, at, isRestarted });
  const isOver = isWell(health) || isLongThere(step, now);
  if (!isOver) {
    return arrivedAt === null
      ? noteMove(parts, record, { step: { ...step, arrivedAt: now }, what: 'move.arrived' })
      : record;
  }
  const arrived = { ...step, arrivedAt: arrivedAt ?? now };
  const ill = health.find((each) => !each.isWell);
  const problem = ill && {
    code: 'move.unhealthy',
    summary: `${step.name} is on ${step.to}, and not as it was: ${ill.sentence}`,
    remedy: ill.fix,
  };
  return endMove(parts, record, { step: arrived, kind: 'moved', health, problem: problem ?? null });
}

/** Whether it has had its time to become well; one that boots has longer. */
function isLongThere(step: MoveStep, now: number): boolean {
  const { arrivedAt, restart } = step;
  return (
    arrivedAt !== null && now - (restart?.endedAt ?? arrivedAt) >= (wasStopped(step) ? BOOT_MS : HEALTH_MS)
  );
}

/** Where it was: Windows says why; or it never began, and is begun again. */
async function stayed(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, failure, hasEnded }: { step: MoveStep; failure: WindowsFailure | null; hasEnded: boolean },
): Promise<Followed> {
  const { intent, tries } = step;
  const isLate = parts.clock.now() - (intent?.at ?? 0) >= GRACE_MS;
  if (!hasEnded && !isLate) return record;
  if (!hasEnded && tries < MOST_TRIES) {
    const again = { ...step, intent: null, doubtSince: null };
    return noteMove(parts, record, { step: again, what: 'move.never-begun', detail: { tries } });
  }
  if (!hasEnded)
    return endMove(parts, record, { step, kind: 'failed', inferred: true, problem: neverSeen(step) });
  const { problem, diagnosis } = await diagnoseMove(parts, record, { step, failure });
  return endMove(parts, record, { step, kind: 'failed', problem, diagnosis });
}

/** Nobody knows whether an order that got no answer is still carried out. */
function neverSeen({ name, machine, from, to }: MoveStep): Problem {
  return {
    code: 'move.never-seen',
    summary: `${name} was ordered to move from ${from} to ${to}, and Windows has shown no move of it since; it is on ${from}. Whether one still begins is not known.`,
    remedy: `Look at the events of Hyper-V-VMMS on ${from}, and where it is before you ask again: Get-VM -Id ${machine} on both hosts.`,
  };
}

/** On both hosts, on neither, or beside a copy: for a moment that may be; then a person has to know, with the command that puts it right. */
async function doubt(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, where }: { step: MoveStep; where: Whereabouts },
): Promise<Followed> {
  const now = parts.clock.now();
  if (step.doubtSince === null) {
    return noteMove(parts, record, {
      step: { ...step, doubtSince: now },
      what: 'move.in-doubt',
      detail: { where: where.where, copies: where.copies.map(({ host }) => host).join(', ') },
    });
  }
  if (now - step.doubtSince < DOUBT_MS) return record;
  const elsewhere = where.where === 'nowhere' ? await foundElsewhere(parts, step) : null;
  if (elsewhere !== null)
    return endMove(parts, record, { step, kind: 'failed', inferred: true, problem: elsewhere });
  return endMove(parts, record, { step, kind: 'stuck', problem: leftBehind(step, where) });
}

/** A machine that is at neither end may have been moved on by a person. */
async function foundElsewhere(
  { hyperV, settings }: HostEffectorParts,
  step: MoveStep,
): Promise<Problem | null> {
  const readings = await hyperV.inventory(settings.hosts);
  const found = readings.find(({ facts }) => facts?.machines.some(({ id }) => id === step.machine));
  return found
    ? {
        code: 'move.overtaken',
        summary: `${step.name} is on ${found.host}: somebody has moved it there meanwhile.`,
        remedy: 'Ask again if it is to go elsewhere.',
      }
    : null;
}

import { isMoveAsk } from '../commands/move-ask';
import { readWindow, type MoveWindow } from '../moves/move-window';
import type { Policy } from '../policy/schema';
import { remembered } from '../remembered';
import { closedAt, lastMoment } from './closing';
import type { Pace } from './next';
import type { RequestRecord } from './record';
import { readSigned } from './signed-command';
import type { Intake } from './statement';

/** The zone in which times of commands are meant, by one's own handover.yaml. */
export type Zone = Pick<Policy, 'timeZone'>;

/** How many windows a process remembers. */
const REMEMBERED = 256;

/** Nobody could plan what is said so: nothing of it ever begins. */
const NEVER: MoveWindow = { from: null, until: 0, deadlineMs: null };

/**
 * When moves may begin that a signed intake asks for, by one's own zone; null: it says nothing of it. Nothing that a plan or a record says
 * counts, so whoever judges by it resolves it anew.
 */
export function windowOf({ command, at }: Intake, { timeZone = 'UTC' }: Zone): MoveWindow | null {
  return windowSaid(JSON.stringify([command, at, timeZone]));
}

/** Each look at a request asks for it, and calendars of a zone are slow. */
const windowSaid = remembered((said): MoveWindow | null => {
  const [command, at, timeZone] = JSON.parse(said) as [string, number, string];
  const parsed = readSigned(command);
  if (!parsed.ok || !isMoveAsk(parsed.ask) || !parsed.ask.window) return null;
  const read = readWindow(parsed.ask.window, at, timeZone);
  return 'window' in read ? read.window : NEVER;
}, REMEMBERED);

/** Before when no move of a request begins, milliseconds since 1970; null: it waits for no window. */
export function fromOf({ intake }: Pick<RequestRecord, 'intake'>, zone: Zone): number | null {
  return windowOf(intake.statement, zone)?.from ?? null;
}

/**
 * After when no move of a request begins, milliseconds since 1970; null: only the approval ends it. A time from their beginning counts from the
 * first that has begun, and at the latest from the last moment at which one could, since the journal is anybody's who can write to Redis.
 */
export function untilOf(
  record: RequestRecord,
  { timeZone, convergenceSeconds }: Pick<Pace, 'timeZone' | 'convergenceSeconds'>,
  now: number,
): number | null {
  const window = windowOf(record.intake.statement, { timeZone });
  if (!window || window.deadlineMs === null) return window?.until ?? null;
  const begun = [
    ...record.moves.flatMap(({ intent }) => intent?.at ?? []),
    ...record.rounds.flatMap(({ begunAt }) => begunAt ?? []),
  ];
  const first = Math.min(now, ...begun);
  return Math.min(first, lastBeginning(record, convergenceSeconds)) + window.deadlineMs;
}

/** Whether a run waits for its window, as far as its record alone says so: nothing has begun, and nothing else keeps it. */
export function isHeldForWindow({ intake, moves, rounds, state, trouble }: RequestRecord): boolean {
  const isUntouched =
    rounds.length > 0
      ? rounds.every(({ leg }) => leg === 'next')
      : moves.length > 0 && moves.every((step) => !step.intent && !step.outcome);
  return state === 'running' && isUntouched && trouble === null && fromOf({ intake }, {}) !== null;
}

/** Since when no further move may begin, milliseconds since 1970; null as long as they may (`closedAt`). */
export function movesClosedAt(record: RequestRecord, now: number, pace: Pace): number | null {
  const closed = closedAt(record, now);
  const until = untilOf(record, pace, now);
  const over = until !== null && now > until ? until : null;
  return closed === null || over === null ? (closed ?? over) : Math.min(closed, over);
}

/** The last moment at which the first move could begin: what it needs of the directory has to converge before. */
function lastBeginning(record: RequestRecord, convergenceSeconds: number): number {
  const isWritten = (record.plan?.directory.changes.length ?? 0) > 0;
  return lastMoment(record, 'startBy') + (isWritten ? convergenceSeconds * 1_000 : 0);
}

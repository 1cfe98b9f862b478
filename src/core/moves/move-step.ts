import { z } from 'zod';
import { First } from './envelope';

const Text = z.string().max(20_000);
const Millis = z.number().int();
const Problem = z.strictObject({ code: Text, summary: Text, remedy: Text });

/** A machine as it was just before its move: what it has to be like afterwards. */
const Before = z.strictObject({
  state: z.enum(['running', 'off', 'saved', 'paused', 'other']),
  uptimeMs: Millis,
  heartbeat: z.enum(['ok', 'lost', 'none']),
  switches: z.array(Text.nullable()),
  addresses: z.array(Text),
  at: Millis,
  /** Jobs of the same move that Windows still showed, by id: none of them is this one's. */
  jobs: z.array(Text).max(1_000),
});

/** One thing looked at after a move. */
const HealthCheck = z.strictObject({ name: Text, isWell: z.boolean(), sentence: Text, fix: Text });

/** A check of a diagnosis (`MoveCheck`). */
const DiagnosedCheck = z.strictObject({
  name: Text,
  headline: Text,
  result: z.enum(['ok', 'bad', 'unknown']),
  evidence: Text,
  fix: Text,
  command: Text.nullable(),
});

const MoveOutcome = z.strictObject({
  /**
   * `moved`: seen at its destination, and nowhere else. `there`: it was there already. `failed`: it runs where it was. `stuck`: nobody but a
   * person can put it right. `left`: it was not begun; without a problem because somebody chose that.
   */
  kind: z.enum(['moved', 'there', 'failed', 'stuck', 'left']),
  /** Known by looking, not by Windows' word for it. */
  inferred: z.boolean(),
  at: Millis,
  problem: Problem.nullable(),
  /** Of a machine that has arrived. */
  health: z.array(HealthCheck),
  /** Of one that has not: every check, the first real cause among them. */
  diagnosis: z.array(DiagnosedCheck),
});

/** The journal of one move. Resolved by looking at both hosts for the machine's id, whatever became of the call that began it. */
export const MoveStep = z.strictObject({
  machine: Text,
  name: Text,
  from: Text,
  to: Text,
  storage: Text.nullable(),
  /** What is done to the machine first, because somebody chose that. */
  first: First.nullable().default(null),
  /** Recorded before its host is told to do that, with the machine as it was; `doneAt`: when it was first seen to be so. */
  readied: z
    .strictObject({ at: Millis, worker: Text, before: Before, doneAt: Millis.nullable() })
    .nullable()
    .default(null),
  /** Recorded before a machine is started again that was stopped for its move; `endedAt`: it runs, or nobody tries any more. */
  restart: z.strictObject({ at: Millis, worker: Text, endedAt: Millis.nullable() }).nullable().default(null),
  /** Since when Windows refuses the sign-in although the delegation is there: it remembers a refusal. */
  waitingSince: Millis.nullable(),
  /** Recorded before Windows is told to begin. */
  intent: z.strictObject({ at: Millis, worker: Text, before: Before }).nullable(),
  /** When it was first seen at its destination and nowhere else. */
  arrivedAt: Millis.nullable(),
  /** Since when it is where it cannot stay: on both hosts, or on neither, with nothing under way. */
  doubtSince: Millis.nullable(),
  /** How often it was begun. */
  tries: z.number().int().nonnegative(),
  outcome: MoveOutcome.nullable(),
});
export type MoveStep = z.infer<typeof MoveStep>;
export type MoveOutcome = z.infer<typeof MoveOutcome>;
export type MachineBefore = z.infer<typeof Before>;
export type HealthCheck = z.infer<typeof HealthCheck>;

/** Whether Windows was told to move it, and nobody knows the end yet. */
export function isMoving({ intent, outcome }: MoveStep): boolean {
  return intent !== null && outcome === null;
}

/** Whether its host was told to get it ready for a move that has not begun. */
export function isReadying({ readied, intent, outcome }: MoveStep): boolean {
  return readied !== null && intent === null && outcome === null;
}

/** Whether something was begun with it whose end is to be seen. */
export function isUnderWay(step: MoveStep): boolean {
  return isMoving(step) || isReadying(step) || owesStart(step);
}

/** Whether it was stopped for its move, and has to be started again where it is now. */
export function owesStart(step: MoveStep): boolean {
  return isToStart(step) && step.outcome !== null && step.outcome.kind !== 'stuck';
}

/** Whether it was stopped for its move, and neither runs again nor was given up. */
export function isToStart(step: Pick<MoveStep, 'first' | 'readied' | 'restart'>): boolean {
  return wasStopped(step) && (step.restart === null || step.restart.endedAt === null);
}

/** Whether its host was told to stop it for its move, and it ran before that. A journal that was edited since keeps nothing switched off. */
export function wasStopped({ first, readied }: Pick<MoveStep, 'first' | 'readied'>): boolean {
  return first !== 'eject' && readied?.before.state === 'running';
}

/** Whether it was left where it is because somebody chose that. */
export function isLeftByChoice({ outcome }: Pick<MoveStep, 'outcome'>): boolean {
  return outcome?.kind === 'left' && outcome.problem === null;
}

/** Whether it is where it was to be. */
export function hasMoved({ outcome }: Pick<MoveStep, 'outcome'>): boolean {
  return outcome?.kind === 'moved' || outcome?.kind === 'there';
}

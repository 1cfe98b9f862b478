import type { MoveAsk } from '../../../../core/commands/ask';
import { isReadying } from '../../../../core/moves/move-step';
import { tooLate } from '../../../../core/moves/window-verdicts';
import { Fault } from '../../../../core/problem';
import { paceOf } from '../../../../core/request/next';
import type { RequestRecord } from '../../../../core/request/record';
import { fromOf, untilOf } from '../../../../core/request/window';
import type { HostEffectorParts } from '../parts';
import { endMove } from './journal';
import { replanLeft } from './replan';

/** Whether moves still wait for their window. What is under way is followed whenever that is. */
export function isEarly({ rules, clock }: HostEffectorParts, record: RequestRecord): boolean {
  const from = fromOf(record, rules.policy);
  return from !== null && clock.now() < from && record.moves.every(({ intent }) => intent === null);
}

/**
 * What was planned days ago is planned anew when its window opens, inside what was approved. Where that cannot be done now it goes as it was
 * planned: each move is judged again by the hosts as they are. Null: somebody else was first.
 */
export async function planAtOpening(
  parts: HostEffectorParts,
  record: RequestRecord,
  ask: MoveAsk | null,
): Promise<RequestRecord | null> {
  const key = `${record.id} opening`;
  const [step] = record.moves;
  const isOpening =
    fromOf(record, parts.rules.policy) !== null &&
    // A round is planned when it begins.
    record.rounds.length === 0 &&
    !parts.tried.has(key) &&
    record.moves.every(({ intent, outcome }) => !intent && !outcome);
  if (!isOpening || !step || ask?.verb !== 'drain') return record;
  parts.tried.set(key, parts.clock.monotonic());
  try {
    return (await replanLeft(parts, record, { ask, step })).record;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return record;
  }
}

/** Ends what would not be over when the window ends, so that its owner hears that soon. Null: somebody else was first. */
export async function leaveLate(
  parts: HostEffectorParts,
  first: RequestRecord,
): Promise<RequestRecord | null> {
  const { rules, clock } = parts;
  const until = untilOf(first, paceOf(rules), clock.now());
  const forecast = new Map((first.plan?.forecast?.moves ?? []).map((each) => [each.machine, each.ms]));
  let record = first;
  for (const step of first.moves.filter((each) => !each.intent && !each.outcome && !isReadying(each))) {
    const { name, machine } = step;
    const problem = tooLate({ name, ms: forecast.get(machine) ?? 0 }, until, clock.now());
    const next = problem ? await endMove(parts, record, { step, kind: 'left', problem }) : record;
    if (!next) return null;
    record = next;
  }
  return record;
}

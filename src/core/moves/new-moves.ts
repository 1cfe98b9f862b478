import type { Plan } from '../delegation/plan';
import type { MoveStep } from './move-step';

/** What is known of a move before anything was begun. */
type Planned = Pick<MoveStep, 'machine' | 'name' | 'from' | 'to' | 'storage'> &
  Partial<Pick<MoveStep, 'first'>>;

/** The journal of a plan's moves before anything was begun, in the order of its forecast. */
export function movesOf(plan: Pick<Plan, 'forecast' | 'hosts'> | null): readonly MoveStep[] {
  const allowed = new Map((plan?.hosts.envelope?.machines ?? []).map((each) => [each.id, each]));
  return newMoves(
    (plan?.forecast?.moves ?? []).map((move) => ({
      ...move,
      first: allowed.get(move.machine)?.first ?? null,
    })),
  );
}

/** The journal of moves before anything was begun, in their order. */
export function newMoves(planned: readonly Planned[]): readonly MoveStep[] {
  return planned.map(newMove);
}

/** The journal of one move before anything was begun. */
export function newMove({ machine, name, from, to, storage, first = null }: Planned): MoveStep {
  return {
    machine,
    name,
    from,
    to,
    storage,
    first,
    readied: null,
    restart: null,
    waitingSince: null,
    intent: null,
    arrivedAt: null,
    doubtSince: null,
    tries: 0,
    outcome: null,
  };
}

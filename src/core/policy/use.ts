import type { AnyKind } from '../delegation/plan';
import type { Person } from '../request/statement';
import { mayCordon } from './cordon';
import { mayRead, type Surface } from './read';
import { refuseRequester } from './rules';
import { KINDS } from './kinds';
import type { Policy } from './schema';

/** A kind of change to ask for, a surface to see, or that hosts may be cordoned. */
export type Need = AnyKind | Surface | 'cordon';

/** Whether a person may do all that a command needs, for some hosts at least. */
export function mayUse(policy: Policy, needs: readonly Need[], person: Person): boolean {
  return needs.every((need) => {
    if (need === 'cordon') return mayCordon(policy, person);
    return isKind(need)
      ? refuseRequester(policy, [{ kind: need, host: null }], person) === null
      : mayRead(policy, person, { surface: need });
  });
}

function isKind(need: Need): need is AnyKind {
  return KINDS.some((kind) => kind === need);
}

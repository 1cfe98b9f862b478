import { isAuthentic, type Signatures } from './authentic';
import type { Problem } from '../problem';
import { isSamePerson, type Instruction, type Person, type Signed } from './statement';

/** The team of whoever says something from a shell; the user is `host/name`. */
export const SHELL_TEAM = 'os';

/** That somebody has said that nothing new may begin. It is honoured unsigned: it only keeps effects from happening. */
export interface Freeze {
  /** Random, 128 bits; an unfreeze names it as its intake. */
  readonly id: string;
  /** From a shell: see `SHELL_TEAM`. */
  readonly by: Person;
  readonly why: string;
  readonly at: number;
}

/** The last freeze, and the word that has ended it. */
export interface FreezeState {
  readonly freeze: Freeze;
  readonly unfreeze: Signed<Instruction> | null;
}

/** The freeze that holds, by a program that can check signatures; what does not end it for certain leaves it as it is. */
export function frozenBy(state: FreezeState | null, verifier: Signatures): Freeze | null {
  if (!state) return null;
  const { freeze, unfreeze } = state;
  if (!unfreeze) return freeze;
  const { statement } = unfreeze;
  const isAbout = statement.what === 'unfreeze' && statement.intake === freeze.id;
  const isAnother = !isSamePerson(statement.by, freeze.by);
  return isAbout && isAnother && isAuthentic(verifier, unfreeze) ? null : freeze;
}

/** The freeze as it is shown by a program without keys: nothing is decided by it. */
export function freezeToShow(state: FreezeState | null): Freeze | null {
  return state && !state.unfreeze ? state.freeze : null;
}

/** Why nothing begins while a window of the policy is open. */
export function inFreezeWindow(name: string): Problem {
  return {
    code: 'freeze.window',
    summary: `Nothing begins within the freeze window ${name} of handover.yaml.`,
    remedy: 'Decide when it is over.',
  };
}

/** Why nothing begins, for whoever waits for it. */
export function frozen({ why }: Pick<Freeze, 'why'>): Problem {
  return {
    code: 'frozen',
    summary: `Everything is frozen: ${why}.`,
    remedy: 'Somebody else than the one who froze has to say /hv unfreeze "why".',
  };
}

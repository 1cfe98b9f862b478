import type { AnyKind, Plan } from '../../core/delegation/plan';
import { isMoveKind } from '../../core/policy/kinds';
import { touchesOf } from '../../core/policy/touches';
import type { Problem } from '../../core/problem';
import type { Modes } from '../../core/settings';

/** The kinds of change in a plan that are only observed: then nothing of it is carried out. */
export function observedKinds(plan: Pick<Plan, 'directory' | 'hosts'>, modes: Modes): readonly AnyKind[] {
  return [...new Set(touchesOf(plan).map(({ kind }) => kind))].filter((kind) => modes[kind] === 'observe');
}

/** Why nothing is carried out where these kinds are only observed. */
export function observeOnly(kinds: readonly AnyKind[]): Problem {
  // Moves, and what they need of machines, are never a person's to carry out.
  const isDoneByHand = !kinds.every((kind) => isMoveKind(kind) || kind === 'shutdown');
  const advised = isDoneByHand ? 'advise (a person does it) or ' : '';
  return {
    code: 'mode.observe',
    summary: `Handover only observes here: the mode of ${kinds.join(' and ')} is observe, so this is shown and not carried out.`,
    remedy: `To have it carried out, the owner of handover.yaml sets modes to ${advised}act.`,
  };
}

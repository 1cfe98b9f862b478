import type { AnyKind, Plan } from '../../core/delegation/plan';
import { touchesOf } from '../../core/policy/touches';
import type { Problem } from '../../core/problem';
import type { Modes } from '../../core/settings';

/** The kinds of change in a plan that are only observed: then nothing of it is carried out. */
export function observedKinds(plan: Pick<Plan, 'directory' | 'hosts'>, modes: Modes): readonly AnyKind[] {
  return [...new Set(touchesOf(plan).map(({ kind }) => kind))].filter((kind) => modes[kind] === 'observe');
}

/** Why nothing is carried out where these kinds are only observed. */
export function observeOnly(kinds: readonly AnyKind[]): Problem {
  return {
    code: 'mode.observe',
    summary: `Handover only observes here: the mode of ${kinds.join(' and ')} is observe, so this is shown and not carried out.`,
    remedy: `To have it carried out, the owner of handover.yaml sets modes to ${kinds.every(isMove) ? '' : 'advise (a person does it) or '}act.`,
  };
}

/** Moves are never a person's to carry out. */
function isMove(kind: AnyKind): boolean {
  return kind === 'live-move' || kind === 'storage-move' || kind === 'shutdown';
}

import type { AnyKind } from '../../core/delegation/plan';
import type { Problem } from '../../core/problem';

/** Why nothing is carried out where these kinds are only observed. */
export function observeOnly(kinds: readonly AnyKind[]): Problem {
  return {
    code: 'mode.observe',
    summary: `Handover only observes here: the mode of ${kinds.join(' and ')} is observe, so this is shown and not carried out.`,
    remedy:
      'To have it carried out, the owner of handover.yaml sets modes to advise (a person does it) or act.',
  };
}

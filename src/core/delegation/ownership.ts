import type { PairObservation, SpnHolder } from './observation';
import type { SpnOwner } from './powers';
import { foldCase, isSameText } from './values';

/** Which object the KDC takes an SPN for. `unread`: the observation does not say, which is never the same as nobody. */
export type Ownership =
  | { readonly kind: 'unread' }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'several';
      readonly through: SpnOwner['through'];
      readonly holders: readonly SpnHolder[];
    }
  | { readonly kind: 'one'; readonly through: SpnOwner['through']; readonly holder: SpnHolder };

/**
 * The owner of an SPN: who holds it explicitly, else, unless it must be explicit, who holds HOST/X that stands for it
 * (sPNMappings). An explicit holder always wins, as it does in the KDC.
 */
export function ownershipOf(
  observation: Pick<PairObservation, 'holders'>,
  spn: string,
  mustBeExplicit: boolean,
): Ownership {
  const read = observation.holders.filter((each) => isSameText(each.spn, spn));
  if (read.length === 0) return { kind: 'unread' };
  const explicit = distinct(read.flatMap((each) => each.explicit));
  const viaHost = mustBeExplicit ? [] : distinct(read.flatMap((each) => each.viaHost));
  const through = explicit.length > 0 ? 'explicit' : 'host';
  const [holder, ...others] = explicit.length > 0 ? explicit : viaHost;
  if (!holder) return { kind: 'none' };
  return others.length > 0
    ? { kind: 'several', through, holders: [holder, ...others] }
    : { kind: 'one', through, holder };
}

function distinct(holders: readonly SpnHolder[]): readonly SpnHolder[] {
  return [...new Map(holders.map((holder) => [foldCase(holder.guid), holder])).values()];
}

import type { DirectoryAsk, DelegateAsk } from '../commands/ask';
import { ACCOUNT_BITS, hasBit } from './account-control';
import type { ComputerObject } from './observation';
import type { PlanInput } from './pairs';
import type { TrustChange } from './plan';

type Terms = Pick<DelegateAsk, 'protocol'>;

/**
 * What a plan does for sources that are trusted for Kerberos only: the worker or a person sets “any authentication protocol”,
 * they stay so on purpose, or (undefined) nobody asked. Unsaid means any where the policy lets the requester ask for it and
 * somebody carries it out.
 */
export function trustOfPlan(
  { modes, mayTrust }: Pick<PlanInput<DirectoryAsk>, 'modes' | 'mayTrust'>,
  { protocol }: Terms,
): 'worker' | 'hand' | 'kerberos' | undefined {
  if (protocol === 'kerberos') return 'kerberos';
  const mode = modes['trust-mode'];
  if (protocol === null && (!mayTrust || mode === 'observe')) return undefined;
  return mode === 'advise' ? 'hand' : 'worker';
}

/**
 * The trust modes that these sources need: TRUSTED_TO_AUTH_FOR_DELEGATION and no other bit, ever. It is never cleared: without
 * a list it gives nothing, and others may rely on it.
 */
export function trustChanges(
  input: Pick<PlanInput<DirectoryAsk>, 'modes' | 'mayTrust'>,
  sources: readonly ComputerObject[],
  terms: Terms,
): readonly TrustChange[] {
  const trust = trustOfPlan(input, terms);
  if (trust !== 'worker' && trust !== 'hand') return [];
  return sources
    .filter(({ userAccountControl }) => !hasBit(userAccountControl, 'anyProtocol'))
    .map(({ guid, dn, name, userAccountControl }) => ({
      kind: 'trust-mode',
      guid,
      dn,
      name,
      by: trust,
      attribute: 'userAccountControl',
      before: userAccountControl,
      after: withAnyProtocol(userAccountControl),
    }));
}

/** A userAccountControl with TRUSTED_TO_AUTH_FOR_DELEGATION (MS-ADTS 2.2.16), unsigned. */
export function withAnyProtocol(control: number): number {
  return (control | ACCOUNT_BITS.anyProtocol) >>> 0;
}

import { digest } from '../canonical';
import type { DirectoryPart, HostsPart } from '../delegation/plan';
import { intakeDigest, type Intake } from './statement';

/** The digests that a decision is about. */
export interface Digests {
  readonly intakeDigest: string;
  readonly directoryDigest: string;
  readonly hostsDigest: string;
  readonly fingerprint: string;
}

const known = new WeakMap<object, string>();

/** A part's digest. Parts are never changed, and those of the ledger are frozen: each is digested once. */
function partDigest(part: DirectoryPart | HostsPart): string {
  if (!Object.isFrozen(part)) return digest(part);
  const found = known.get(part) ?? digest(part);
  known.set(part, found);
  return found;
}

/** Digests and fingerprint of a plan: SHA-256 over intake digest, plan number and both parts' digests. */
export function planDigests(
  intake: Intake,
  plan: { readonly number: number; readonly directory: DirectoryPart; readonly hosts: HostsPart },
): Digests {
  const parts = {
    intakeDigest: intakeDigest(intake),
    directoryDigest: partDigest(plan.directory),
    hostsDigest: partDigest(plan.hosts),
  };
  return { ...parts, fingerprint: digest({ ...parts, plan: plan.number }) };
}

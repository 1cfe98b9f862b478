import { digest } from '../canonical';
import { partDigest } from '../delegation/part-digest';
import type { DirectoryPart, HostsPart } from '../delegation/plan';
import { intakeDigest, type Intake } from './statement';

/** The digests that a decision is about. */
export interface Digests {
  readonly intakeDigest: string;
  readonly directoryDigest: string;
  readonly hostsDigest: string;
  readonly fingerprint: string;
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

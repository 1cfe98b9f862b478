import type { GuardInput } from '../../../../src/core/delegation/guards/guard';
import type { ComputerObject } from '../../../../src/core/delegation/observation';
import { askFor, lookUp, practiceDomain, withHost, type Domain } from '../practice-domain';

/** One situation in which guards speak up. */
export interface Row {
  readonly title: string;
  readonly input: GuardInput;
  /** The checks that do not answer ok, in order. */
  readonly checks: readonly string[];
  /** What one of them says, or how that begins. */
  readonly sentence: string;
  readonly remedy: string;
}

export const domain = practiceDomain();

/** Two hosts that no guard has anything against. */
export const ordinary = lookUp(domain, askFor('hyper-v01', 'hyper-v02'));

/** One host differs from an ordinary one; the other one does not. */
export function changed(host: 'hyper-v01' | 'hyper-v02', part: Partial<ComputerObject>): GuardInput {
  return lookUp(withHost(domain, host, part), askFor('hyper-v01', 'hyper-v02'));
}

/** The domain with exactly these SPNs on one object. */
export function spns(part: { of: string; are: readonly string[] }, from: Domain = domain): Domain {
  return withHost(from, part.of, { spns: part.are });
}

export const GMSA = ['top', 'person', 'user', 'computer', 'msDS-GroupManagedServiceAccount'];
export const MIGRATION = 'Microsoft Virtual System Migration Service';
export const HOST_NAMES = ['HOST/hyper-v02', 'HOST/hyper-v02.mabofeng.com'];
export const MIGRATION_NAMES = [`${MIGRATION}/hyper-v02`, `${MIGRATION}/hyper-v02.mabofeng.com`];

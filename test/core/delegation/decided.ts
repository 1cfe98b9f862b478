import { planDelegation } from './pair-planning';
import type { GuardInput } from '../../../src/core/delegation/guards/guard';
import type { ComputerObject } from '../../../src/core/delegation/observation';
import type { DirectoryChange, DirectoryPart } from '../../../src/core/delegation/plan';
import { askFor, lookUp, practiceDomain, withHost, type Domain } from './practice-domain';

export const domain = withHost(practiceDomain(), 'hyper-v01', { allowedToDelegateTo: ['cifs/ghost99'] });
export const ask = askFor('hyper-v01', 'hyper-v02');
export const decided = decide(lookUp(domain, ask));
export const planned = onlyChange(decided);

export function decide(input: GuardInput): DirectoryPart {
  const plan = planDelegation(input);
  if (plan.kind !== 'plan') throw new Error(plan.kind);
  return plan.part;
}

export function onlyChange({ changes }: DirectoryPart): DirectoryChange {
  const [change] = changes;
  if (!change) throw new Error('no change');
  return change;
}

export function fresh(host: string, part: Partial<ComputerObject>, from: Domain = domain): GuardInput {
  return lookUp(withHost(from, host, part), ask);
}

/** The decided part with its change edited. */
export function edited(part: Partial<DirectoryChange>): DirectoryPart {
  return { ...decided, changes: [{ ...planned, ...part }] };
}

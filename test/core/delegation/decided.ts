import { planDelegation } from './pair-planning';
import type { GuardInput } from '../../../src/core/delegation/guards/guard';
import type { ComputerObject } from '../../../src/core/delegation/observation';
import type { DirectoryPart, ListChange } from '../../../src/core/delegation/plan';
import { afterOf, listChanges } from '../../../src/core/delegation/powers';
import { askFor, lookUp, practiceDomain, withHost, type Domain } from './practice-domain';

export const domain = withHost(practiceDomain(), 'hyper-v01', { allowedToDelegateTo: ['cifs/ghost99'] });
export const ask = askFor('hyper-v01', 'hyper-v02');
export const decided = decide(lookUp(domain, ask));
export const planned = onlyChange(decided);
/** What the source holds once the plan is carried out. */
export const after = afterOf(planned);

export function decide(input: GuardInput): DirectoryPart {
  const plan = planDelegation(input);
  if (plan.kind !== 'plan') throw new Error(plan.kind);
  return plan.part;
}

export function onlyChange(part: DirectoryPart): ListChange {
  const [change] = listChanges(part);
  if (!change) throw new Error('no change');
  return change;
}

export function fresh(host: string, part: Partial<ComputerObject>, from: Domain = domain): GuardInput {
  return lookUp(withHost(from, host, part), ask);
}

/** The decided part with its change edited. */
export function edited(part: Partial<ListChange>): DirectoryPart {
  return { ...decided, changes: [{ ...planned, ...part }] };
}

import type { Plan } from '../delegation/plan';
import { askedMoves } from '../moves/asked-moves';
import { openMachines } from '../moves/open-machines';
import { touchesAsked, touchesOf, type Touch } from '../policy/touches';
import type { Problem } from '../problem';
import type { RequestRecord } from './record';

/**
 * Whether a plan allows nothing at all. One that waits is of a drain in which nothing moves as it is: somebody chooses for a machine, and the next plan
 * is the one to be approved.
 */
export function allowsNothing({ directory, hosts }: Pick<Plan, 'directory' | 'hosts'>): boolean {
  return hosts.envelope === null && hosts.settings.length === 0 && directory.changes.length === 0;
}

/** Whether a request waits for a choice, with nothing to approve yet. */
export function awaitsChoice({ state, plan }: Pick<RequestRecord, 'state' | 'plan'>): boolean {
  return state === 'waiting' && plan !== null && allowsNothing(plan);
}

/** What a request touches that is to be decided: what its plan does, or what was asked for where that allows nothing yet, so that it can be denied. */
export function touchesToDecide({ intake, plan }: Pick<RequestRecord, 'intake' | 'plan'>): readonly Touch[] {
  if (!plan) return [];
  const ask = allowsNothing(plan) ? askedMoves({ intake }) : null;
  return ask ? touchesAsked(ask) : touchesOf(plan);
}

/** Why nobody approves a plan that allows nothing. */
export function nothingToApprove({ label }: Pick<RequestRecord, 'label'>, { forecast }: Plan): Problem {
  const names = openMachines(forecast?.staying ?? []).map(({ name }) => name);
  return {
    code: 'decision.nothing',
    summary: `There is nothing to approve yet: choose what is done to ${names.join(', ') || 'its machines'}.`,
    remedy: `Choose on the card of ${label}, or: /hv choose ${label} MACHINE CHOICE. The plan after that is to be approved.`,
  };
}

import type { DelegateAsk } from '../../../src/core/commands/ask';
import * as derive from '../../../src/core/delegation/derive';
import type { GuardInput } from '../../../src/core/delegation/guards/guard';
import { NO_HISTORY } from '../../../src/core/delegation/history';
import * as look from '../../../src/core/delegation/look';
import type { PlanInput } from '../../../src/core/delegation/pairs';
import type { DirectoryPart, Planned } from '../../../src/core/delegation/plan';
import { modes } from '../../support/request-record';

/** A question about one pair as the plan that was asked for with both names alone. */
function planInput({ ask, observation, searchBases, tier0, caps }: GuardInput): PlanInput {
  const { source, destination, services } = ask;
  const wide: DelegateAsk = {
    verb: 'delegate',
    sources: [{ kind: 'host', host: source }],
    destinations: [{ kind: 'host', host: destination }],
    way: 'one-way',
    services,
    protocol: null,
    forMs: null,
    reason: null,
    ticket: null,
    planOnly: false,
  };
  return {
    ask: wide,
    observation: {
      server: 'dc1.mabofeng.com',
      at: 1_800_000_000_000,
      hosts: [
        { asked: source, found: observation.source },
        { asked: destination, found: observation.destination },
      ],
      all: [],
      delegating: [],
      holders: observation.holders,
      knownNames: observation.knownNames,
    },
    searchBases,
    tier0,
    ...(caps && { caps }),
    modes,
    mayTrust: false,
    history: NO_HISTORY,
  };
}

export const planDelegation = (input: GuardInput): Planned => derive.planDelegation(planInput(input));

export const derivePart = (input: GuardInput): DirectoryPart =>
  derive.derivePart(planInput(input), [input], { protocol: null, forMs: null });

export const deriveAgain = (input: GuardInput, decided: unknown): look.Rederived =>
  look.deriveAgain(planInput(input), decided);

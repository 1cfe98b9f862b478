import { parseCommand } from '../../../src/core/commands/parse';
import {
  isDirectoryAsk,
  type DirectoryAsk,
  type DelegateAsk,
  type HostName,
} from '../../../src/core/commands/ask';
import { NO_HISTORY } from '../../../src/core/delegation/history';
import type { Observation } from '../../../src/core/delegation/observation';
import type { PlanInput } from '../../../src/core/delegation/pairs';
import type { DirectoryChange, DirectoryPart, Planned } from '../../../src/core/delegation/plan';
import { planChange, questionOf } from '../../../src/core/delegation/plan-change';
import { afterOf } from '../../../src/core/delegation/powers';
import { spnsFor } from '../../../src/core/delegation/spn';
import type { DirectoryQuestion } from '../../../src/core/ports';
import { modes } from '../../support/request-record';
import { askFor, lookUp, withHost, type Domain } from './practice-domain';

/** What an ask for a delegation may say beside its hosts and services. */
type Terms = Partial<Pick<DelegateAsk, 'protocol' | 'forMs'>>;

/** The ask behind a command as people type it, with terms for a delegation. */
export function asked(command: string, terms: Terms = {}): DirectoryAsk {
  const parsed = parseCommand('/hv', command);
  if (!parsed.ok) throw new Error(parsed.problem.summary);
  const { ask } = parsed;
  if (!isDirectoryAsk(ask)) throw new Error(`${command} changes nothing`);
  return ask.verb === 'delegate'
    ? { ...ask, protocol: terms.protocol ?? null, forMs: terms.forMs ?? null }
    : ask;
}

/** What a directory shows of a domain when this is asked. */
export function inputFor(domain: Domain, command: string, terms: Terms = {}): PlanInput<DirectoryAsk> {
  return inputOf(domain, asked(command, terms));
}

/** The same for an ask; `otherwise` are other settings, or what the ledger knows. */
export function inputOf<A extends DirectoryAsk>(
  domain: Domain,
  ask: A,
  otherwise: Partial<Omit<PlanInput, 'ask' | 'observation'>> = {},
): PlanInput<A> {
  const { searchBases, tier0 } = lookUp(domain, askFor('hyper-v01', 'hyper-v02'));
  const settings = { searchBases, tier0, modes, mayTrust: false, history: NO_HISTORY, ...otherwise };
  return { ask, observation: observe(domain, questionOf(ask, settings.history)), ...settings };
}

/** Reads all that a question is about, as a directory does. */
export function observe(domain: Domain, question: DirectoryQuestion): Observation {
  const { sources, destinations, services } = question;
  const find = (name: HostName) =>
    lookUp(domain, { source: name, destination: name, services }).observation.source;
  const keyed = [...sources, ...destinations].map((name) => [`${name.kind} ${name.text}`, name] as const);
  const migrating = domain.filter(({ spns }) =>
    spns.some((spn) => spn.startsWith('Microsoft Virtual System')),
  );
  const all = question.all ? migrating : [];
  const targets = [...destinations.map(find).filter(({ length }) => length === 1), all].flat();
  return {
    server: 'dc1.mabofeng.com',
    at: 1_800_000_000_000,
    hosts: [...new Map(keyed).values()].map((name) => ({ asked: name, found: find(name) })),
    all,
    delegating: question.delegating
      ? domain.filter(({ allowedToDelegateTo }) => allowedToDelegateTo.length > 0)
      : [],
    holders: targets.flatMap((target) => {
      const wanted = new Set(spnsFor(target, services));
      const { holders } = lookUp(domain, askFor('hyper-v01', target.name)).observation;
      return holders.filter(({ spn }) => wanted.has(spn));
    }),
    knownNames: [],
  };
}

/** The part of an ask that no guard refuses. */
export function partOf(input: PlanInput<DirectoryAsk>): DirectoryPart {
  const planned = planChange(input);
  if (planned.kind === 'refused') throw new Error(JSON.stringify(planned.verdicts));
  return planned.part;
}

/** What the guards refuse, by name. */
export function refusals({ verdicts }: Planned): readonly string[] {
  return verdicts.filter(({ verdict }) => verdict === 'refuse').map(({ check }) => check);
}

/** The domain in which these changes have been carried out. */
export function carriedOut(domain: Domain, changes: readonly DirectoryChange[]): Domain {
  return changes.reduce(
    (seen, change) =>
      withHost(
        seen,
        change.name,
        change.attribute === 'userAccountControl'
          ? { userAccountControl: change.after }
          : { allowedToDelegateTo: afterOf(change) },
      ),
    domain,
  );
}

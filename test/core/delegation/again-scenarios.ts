import type { DirectoryAsk } from '../../../src/core/commands/ask';
import { deriveAgain, type Rederived } from '../../../src/core/delegation/look';
import type { PlanInput } from '../../../src/core/delegation/pairs';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { questionOf } from '../../../src/core/delegation/plan-change';
import { historyOf, journalOf, onboardAsk, retireAsk, undoAsk } from './asks';
import { asked, carriedOut, inputFor, inputOf, observe, partOf } from './many-hosts';
import { guidOf, practiceDomain, withHost, type Domain } from './practice-domain';

/** Other settings than usual, or what the ledger knows. */
export type Settings = NonNullable<Parameters<typeof inputOf>[2]>;

/** An ask in a domain, and the part that was decided. */
export interface Scenario {
  readonly title: string;
  readonly domain: Domain;
  readonly ask: DirectoryAsk;
  readonly settings: Settings;
}

export const hour = 3_600_000;
const base = practiceDomain().map((object) => ({ ...object, allowedToDelegateTo: [] }));
const held = (lists: Readonly<Record<string, readonly string[]>>): Domain =>
  Object.entries(lists).reduce<Domain>(
    (seen, [name, allowedToDelegateTo]) => withHost(seen, name, { allowedToDelegateTo }),
    base,
  );
const linked = held({ 'hyper-v02': ['cifs/hyper-v03'], 'hyper-v01': ['cifs/ghost99'] });
const meshed = carriedOut(base, partOf(inputFor(base, 'delegate mesh hyper-v0[1-3] cifs')).changes);
const journal = journalOf(partOf(inputFor(linked, 'delegate hyper-v01 <-> hyper-v02 cifs')).changes);
const added = carriedOut(linked, partOf(inputFor(linked, 'delegate hyper-v01 <-> hyper-v02 cifs')).changes);

export const scenarios: readonly Scenario[] = [
  {
    title: 'a delegation with its trust mode',
    domain: linked,
    ask: asked('delegate hyper-v-kerb <-> hyper-v01 cifs', { protocol: 'any' }),
    settings: { mayTrust: true },
  },
  {
    title: 'a delegation for a time that keeps a value',
    domain: held({ 'hyper-v01': ['CIFS/hyper-v02', 'cifs/ghost99'] }),
    ask: asked('delegate hyper-v01 -> hyper-v02 cifs', { forMs: 2 * hour }),
    settings: { history: historyOf([[guidOf(1), 'cifs/hyper-v02', hour]]) },
  },
  {
    title: 'a delegation to a file server',
    domain: linked,
    ask: asked('delegate hyper-v0[1-2] -> files01 cifs'),
    settings: {
      searchBases: ['OU=Hyper-V,DC=mabofeng,DC=com'],
      fileServerBases: ['OU=File-Servers,DC=mabofeng,DC=com'],
    },
  },
  {
    title: 'an onboarding',
    domain: linked,
    ask: onboardAsk('hyper-v-kerb', 'hyper-v02'),
    settings: {},
  },
  {
    title: 'an onboarding among all',
    domain: base.filter(({ name }) => /^hyper-v(?:0[1-3]|-kerb|-off)$/.test(name)),
    ask: onboardAsk('hyper-v01'),
    settings: {},
  },
  { title: 'a removal', domain: meshed, ask: asked('undelegate mesh hyper-v0[1-3]'), settings: {} },
  { title: 'a retirement', domain: meshed, ask: retireAsk('hyper-v02'), settings: {} },
  {
    title: 'a retirement of a host that is gone',
    domain: held({ 'hyper-v01': ['cifs/ghost99'], 'hyper-v03': ['cifs/ghost99', 'cifs/hyper-v01'] }),
    ask: retireAsk('ghost99'),
    settings: {},
  },
  {
    title: 'an undo of additions',
    domain: added,
    ask: undoAsk(),
    settings: { history: historyOf([], journal) },
  },
  {
    title: 'an undo of removals',
    domain: linked,
    ask: undoAsk(),
    settings: {
      history: historyOf(
        [],
        journal.map((step) => ({ ...step, added: [], removed: step.added })),
      ),
    },
  },
];

export function scenario(title: string): Scenario {
  const found = scenarios.find((each) => each.title === title);
  if (!found) throw new Error(`no scenario ${title}`);
  return found;
}

/** The part as it was decided. */
export function decidedIn({ domain, ask, settings }: Scenario): DirectoryPart {
  return partOf(inputOf(domain, ask, settings));
}

/** What is read to derive the decided part again, in a domain that may have changed, with settings that may have. */
export function readAgain(
  { domain, ask, settings }: Scenario,
  decided: DirectoryPart,
  by: { readonly domain?: Domain; readonly settings?: Settings } = {},
): PlanInput<DirectoryAsk> {
  const input = inputOf(by.domain ?? domain, ask, { ...settings, ...by.settings });
  const question = questionOf(ask, input.history, decided);
  return { ...input, observation: observe(by.domain ?? domain, question) };
}

/** What has changed since a scenario's plan was made. */
export interface Later {
  readonly domain?: (domain: Domain) => Domain;
  readonly settings?: Settings;
}

/** Derives a scenario's decided part again, or another part in its place. */
export function againIn(title: string, later: Later, part?: DirectoryPart): Rederived {
  const known = scenario(title);
  const decided = part ?? decidedIn(known);
  const domain = later.domain?.(known.domain) ?? known.domain;
  return deriveAgain(readAgain(known, decided, { domain, settings: later.settings ?? {} }), decided);
}

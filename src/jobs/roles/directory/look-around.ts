import type { DirectoryAsk } from '../../../core/commands/ask';
import type { EarlierStep, History } from '../../../core/delegation/history';
import { askedSources, observedObjects } from '../../../core/delegation/observed';
import type { PlanInput } from '../../../core/delegation/pairs';
import type { DirectoryPart } from '../../../core/delegation/plan';
import { questionOf } from '../../../core/delegation/plan-change';
import type { Claim } from '../../../core/ports';
import { mayRead } from '../../../core/policy/read';
import { refuseRequester } from '../../../core/policy/rules';
import { settingsDone } from '../../../core/request/host-effect';
import type { RequestRecord } from '../../../core/request/record';
import type { Person } from '../../../core/request/statement';
import { originKey } from '../../../core/survey/landscape';
import type { DirectoryParts } from './parts';
import { isBoundElsewhere, onWriter } from './writer';

/** What a plan is made for: an ask, who asked, and the request; null for a preview. */
export interface About {
  readonly ask: DirectoryAsk;
  readonly by: Person;
  readonly record: RequestRecord | null;
  /** The part that is to be derived again, so that its objects are read whatever the ask reaches by now. */
  readonly decided?: DirectoryPart;
}

/** Reads everything that a plan is derived from: the directory at the writer, and what the ledger knows of earlier requests. */
export async function lookAround(parts: DirectoryParts, about: About): Promise<PlanInput<DirectoryAsk>> {
  const { ask, by } = about;
  const { settings, clock } = parts;
  const { directory, tier0, modes, policy } = settings;
  const undone = await readUndone(parts, about);
  const question = questionOf(ask, { undone }, about.decided);
  const observe = (objects: readonly { guid: string; name: string }[]) =>
    onWriter(parts, objects, (at) => at.observe(question));
  const first = await observe([]);
  // What a domain controller says of an object that was just written at another one may be old.
  const objects = observedObjects({ observation: first });
  const observed = (await isBoundElsewhere(parts, objects, first.server)) ? await observe(objects) : first;
  // Who may not see a host is not told its name by a did-you-mean either.
  const knownNames = observed.knownNames.filter((name) =>
    mayRead(policy, by, { surface: 'suggestions', host: name }),
  );
  const observation = { ...observed, knownNames };
  const base = {
    ask,
    observation,
    searchBases: directory.searchBases,
    fileServerBases: directory.fileServerBases,
    tier0,
    modes,
    mayTrust: refuseRequester(policy, [{ kind: 'trust-mode', host: null }], by) === null,
  };
  const empty = { claims: new Map(), undone, now: clock.now() };
  const claims = await readClaims(parts, about, { ...base, history: empty });
  return { ...base, history: { ...empty, claims } };
}

/** The journal of the request that is to be undone. Its id is the signed intake's, so no other request can be meant. */
async function readUndone({ ledger }: DirectoryParts, { ask, record }: About): Promise<History['undone']> {
  if (ask.verb !== 'undo') return null;
  const of = record?.intake.statement.of ?? null;
  const undone = record ? of && (await ledger.read(of)) : await ledger.findByLabel(ask.request);
  return undone ? { label: undone.label, steps: stepsOf(undone), set: settingsDone(undone) } : null;
}

/** What a request has done, by its journal. */
function stepsOf({ steps }: RequestRecord): readonly EarlierStep[] {
  return steps.flatMap(({ guid, attribute, outcome }) => {
    if (!outcome) return [];
    const { added, kept, removed, trusted } = outcome;
    return [{ guid, attribute, added, kept, removed, trusted }];
  });
}

/** Who wants the values that are there to stay; a request's own claims, and those of the one that it undoes, do not count. */
async function readClaims(
  { ledger }: DirectoryParts,
  { ask, record }: About,
  input: PlanInput<DirectoryAsk>,
): Promise<ReadonlyMap<string, readonly Claim[]>> {
  if (ask.verb === 'undelegate' || ask.verb === 'retire') return new Map();
  const own = new Set([record?.label, input.history.undone?.label]);
  const values = askedSources(input).flatMap(({ guid, allowedToDelegateTo }) =>
    allowedToDelegateTo.map((value) => ({ guid, value })),
  );
  const claims = await ledger.claims(values);
  const others = values.flatMap(({ guid, value }, at): [string, readonly Claim[]][] => {
    const theirs = (claims[at] ?? []).filter(({ request }) => !own.has(request));
    return theirs.length === 0 ? [] : [[originKey(guid, value), theirs]];
  });
  return new Map(others);
}

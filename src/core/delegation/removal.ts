import type { HostName, HostTerm, UndelegateAsk } from '../commands/ask';
import { namesOf } from '../commands/host-terms';
import { hasBit } from './account-control';
import { grouped } from './grouped';
import { afterOf } from './powers';
import { clipped, listed } from './listing';
import { isWithin } from './distinguished-name';
import type { ComputerObject } from './observation';
import { foundByName, type PlanInput } from './pairs';
import type { Modes } from '../settings';
import type { ListChange, Planned, Verdict } from './plan';
import { hostLabelOf, serviceOf, splitSpn } from './spn';
import { foldCase, sortValues } from './values';

type RemovalInput = PlanInput<UndelegateAsk>;

/** A source and whose services leave its list, never its own among others; `null`: every value. */
interface Wish {
  readonly source: HostName;
  readonly destinations: readonly HostName[] | null;
}

/**
 * The plan of a removal. Cleaning up must always work: the destination need not exist, and nothing but a source that is not
 * one object within the search bases refuses. Only values that are there are removed, spelled as they are stored.
 */
export function planRemoval(input: RemovalInput): Planned {
  const found = foundByName(input.observation);
  const wishes = wishesOf(input);
  const verdicts = judged(input, wishes, found);
  if (wishes.length === 0 || verdicts.some(({ verdict }) => verdict === 'refuse')) {
    return { kind: 'refused', verdicts: wishes.length === 0 ? [NOBODY] : verdicts };
  }
  const changes = merged(wishes, found).flatMap((wish) => changeOf(input, wish, found));
  const part = { changes, destinations: [], forMs: null };
  const all = [...verdicts, ...changes.map((change) => whatIsLeft(change))];
  return { kind: changes.length === 0 ? 'already-so' : 'plan', verdicts: all, part };
}

/** Whether a list still lets its host act on this destination, whichever services it names. */
export function keepsPower(
  change: Pick<ListChange, 'before' | 'add' | 'remove'>,
  destination: string,
): boolean {
  return afterOf(change).some((value) => hostLabelOf(value) === foldCase(destination));
}

/** The change that takes values off an object's list; none when there are none. */
export function removalOf(
  object: ComputerObject,
  values: readonly string[],
  modes: Modes,
): readonly ListChange[] {
  if (values.length === 0) return [];
  const { guid, dn, name, allowedToDelegateTo, userAccountControl } = object;
  return [
    {
      kind: 'delegation-remove',
      guid,
      dn,
      name,
      by: modes['delegation-remove'] === 'advise' ? 'hand' : 'worker',
      attribute: 'msDS-AllowedToDelegateTo',
      before: sortValues(allowedToDelegateTo),
      add: [],
      keep: [],
      remove: sortValues(values),
      trust: hasBit(userAccountControl, 'anyProtocol') ? 'any-protocol' : 'kerberos-only',
    },
  ];
}

function wishesOf({ ask, observation }: RemovalInput): readonly Wish[] {
  const everyone = observation.all.map(({ name }): HostName => ({ kind: 'short', text: name }));
  const resolve = (terms: readonly HostTerm[]): readonly HostName[] => {
    const { names, all } = namesOf(terms);
    return all ? [...names, ...everyone] : names;
  };
  const sources = resolve(ask.sources);
  if (ask.way === 'mesh') return sources.map((source) => ({ source, destinations: sources }));
  const { names, all } = namesOf(ask.destinations);
  const there = sources.map((source): Wish => ({ source, destinations: all ? null : names }));
  if (ask.way === 'one-way') return there;
  const back = resolve(ask.destinations).map((source): Wish => ({ source, destinations: sources }));
  return [...there, ...back];
}

/** One wish for each object, whatever names it is asked for by: two changes of one object could not both be carried out. */
function merged(
  wishes: readonly Wish[],
  found: (name: HostName) => readonly ComputerObject[],
): readonly Wish[] {
  const groups = grouped(wishes, ({ source }) => found(source)[0]?.guid ?? '');
  return groups.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const isEverything = group.some(({ destinations }) => destinations === null);
    return [
      { ...first, destinations: isEverything ? null : group.flatMap((each) => each.destinations ?? []) },
    ];
  });
}

/** What is so about every source; the same sentence stands once. */
function judged(
  input: RemovalInput,
  wishes: readonly Wish[],
  found: (name: HostName) => readonly ComputerObject[],
): readonly Verdict[] {
  const verdicts = wishes.flatMap(({ source }) => judgeSource(input, source, found(source)));
  return [...new Map(verdicts.map((verdict) => [verdict.sentence, verdict])).values()];
}

function judgeSource(
  { searchBases }: RemovalInput,
  asked: HostName,
  found: readonly ComputerObject[],
): readonly Verdict[] {
  const [source, ...others] = found;
  const verdict = (
    word: Verdict['verdict'],
    check: string,
    [sentence, remedy]: [string, string],
  ): Verdict[] => [{ check, verdict: word, sentence, remedy }];
  if (!source) {
    return verdict('refuse', 'source.found', [
      `The directory has no computer “${asked.text}”.`,
      'Check the spelling. Nothing can be removed from a host that is not there.',
    ]);
  }
  if (others.length > 0) {
    const names = listed(found.map(({ dn }) => dn));
    return verdict('refuse', 'source.found', [
      `${found.length} objects answer to “${asked.text}”: ${names}.`,
      'Name the host by its distinguished name.',
    ]);
  }
  if (!searchBases.some((base) => isWithin(source.dn, base))) {
    return verdict('refuse', 'source.in-bases', [
      `${source.name} lies outside the search bases: ${source.dn}.`,
      'A domain administrator can remove it on the tab Delegation of the computer.',
    ]);
  }
  return verdict('ok', 'source.found', [`“${asked.text}” is ${source.dn}.`, '']);
}

function changeOf(
  { ask, modes }: RemovalInput,
  wish: Wish,
  found: (name: HostName) => readonly ComputerObject[],
): readonly ListChange[] {
  const [source] = found(wish.source);
  if (!source) return [];
  const others = wish.destinations?.filter((name) => found(name)[0]?.guid !== source.guid) ?? null;
  const labels = others && namesMeant(others, found);
  const remove = source.allowedToDelegateTo.filter(
    (value) => isWishedService(value, ask.services) && (labels === null || isFor(value, labels)),
  );
  return removalOf(source, remove, modes);
}

/** A short name also means the full names that begin with it: whoever writes `hyper-v02` means that host, not one of its spellings. */
function namesMeant(
  destinations: readonly HostName[],
  found: (name: HostName) => readonly ComputerObject[],
): { readonly short: ReadonlySet<string>; readonly full: ReadonlySet<string> } {
  const short = new Set<string>();
  const full = new Set<string>();
  for (const name of destinations) {
    if (name.kind === 'short') short.add(foldCase(name.text));
    if (name.kind === 'fqdn') full.add(foldCase(name.text));
    for (const object of found(name)) {
      short.add(foldCase(object.name));
      if (object.dnsHostName !== null) full.add(foldCase(object.dnsHostName));
    }
  }
  return { short, full };
}

function isFor(
  value: string,
  { short, full }: { readonly short: ReadonlySet<string>; readonly full: ReadonlySet<string> },
): boolean {
  const host = foldCase(splitSpn(value)?.host ?? '');
  return full.has(host) || short.has(hostLabelOf(value));
}

function isWishedService(value: string, services: UndelegateAsk['services']): boolean {
  if (services === 'all') return true;
  const service = serviceOf(value);
  return service !== null && services.includes(service);
}

/** Whether a removal takes the power away, or leaves other services that give it. */
export function whatIsLeft(change: ListChange): Verdict {
  const destinations = [...new Set(change.remove.map((value) => hostLabelOf(value)))];
  const left = new Set(afterOf(change).map((value) => hostLabelOf(value)));
  const kept = destinations.filter((destination) => left.has(foldCase(destination)));
  return kept.length === 0
    ? {
        check: 'removal.complete',
        verdict: 'ok',
        sentence: `Nothing for these hosts stays in the list of ${change.name}.`,
        remedy: '',
      }
    : {
        check: 'removal.complete',
        verdict: 'warn',
        sentence: clipped(
          `${change.name} keeps other services of ${listed(kept)}: the power to act as any user there stays.`,
        ),
        remedy: 'Remove all services to take the power away.',
      };
}

const NOBODY: Verdict = {
  check: 'pair.none',
  verdict: 'refuse',
  sentence: 'No host is named from which something could be removed.',
  remedy: 'Name at least one source.',
};

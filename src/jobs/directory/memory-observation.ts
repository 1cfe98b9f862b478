import type { HostName } from '../../core/commands/ask';
import { isWithin } from '../../core/delegation/distinguished-name';
import type { ComputerObject, Group, Observation, SpnHolders } from '../../core/delegation/observation';
import { spnsFor } from '../../core/delegation/spn';
import { foldCase, isAmong, sortValues } from '../../core/delegation/values';
import type { DirectoryQuestion } from '../../core/ports';
import { groupBy } from '../../core/survey/grouping';

import { inNameOrder } from './delegating-objects';
import { equalityKey } from './directory-equality';
import { distinctNames, hasExactly, MIGRATION } from './host-lookup';
import { withGroups } from './observe';
import { hostSpn } from './spn-holders';

/** Where an observation in memory reads. */
interface Place {
  readonly searchBases: readonly string[];
  readonly groupsOf: (guid: string) => readonly Group[];
}

/** What an observation of these objects reads. Nothing here is ever unreadable. */
export function observeObjects(
  objects: readonly ComputerObject[],
  question: DirectoryQuestion,
  { searchBases, groupsOf }: Place,
): Omit<Observation, 'server' | 'at'> {
  const find = (asked: HostName) => objects.filter((object) => hasExactly(object, asked));
  const names = distinctNames([...question.sources, ...question.destinations]);
  const hosts = names.map((asked) => ({ asked, found: find(asked) }));
  const all = question.all ? hyperVHosts(objects, searchBases) : [];
  const delegating = objects.filter(({ allowedToDelegateTo }) => allowedToDelegateTo.length > 0);
  const only = question.destinations.map(find).filter(({ length }) => length === 1);
  const spns = [...only.flat(), ...all].flatMap((host) => spnsFor(host, question.services));
  const isMissing = hosts.some(({ found }) => found.length === 0);
  const judged = question.services.length > 0 ? [...hosts.flatMap(({ found }) => found), ...all] : [];
  const computers = judged.filter(({ objectClasses }) => isAmong(objectClasses, 'computer'));
  const complete = withGroups(new Map(computers.map(({ guid }) => [guid, groupsOf(guid)])));
  return {
    hosts: hosts.map(({ asked, found }) => ({ asked, found: found.map(complete) })),
    all: all.map(complete),
    delegating: question.delegating ? inNameOrder(delegating).map(complete) : [],
    holders: holdersOf(objects, [...new Set(spns)]),
    knownNames: isMissing ? namesBelow(objects, searchBases) : [],
  };
}

function hyperVHosts(
  objects: readonly ComputerObject[],
  searchBases: readonly string[],
): readonly ComputerObject[] {
  const migration = foldCase(`${MIGRATION}/`);
  return objects
    .filter(({ dn, objectClasses }) => isAmong(objectClasses, 'computer') && isInOne(dn, searchBases))
    .filter(({ spns }) => spns.some((spn) => foldCase(spn).startsWith(migration)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** The directory's own equality decides here, look-alikes included, as it does in the KDC. */
function holdersOf(objects: readonly ComputerObject[], wanted: readonly string[]): readonly SpnHolders[] {
  const held = groupBy(
    objects.flatMap((object) => [...new Set(object.spns.map(equalityKey))].map((key) => ({ object, key }))),
    ({ key }) => key,
  );
  const having = (spn: string) =>
    (held.get(equalityKey(spn)) ?? []).map(({ object: { guid, name, dn } }) => ({ guid, name, dn }));
  return wanted.map((spn) => ({ spn, explicit: having(spn), viaHost: having(hostSpn(spn)) }));
}

function namesBelow(objects: readonly ComputerObject[], bases: readonly string[]): readonly string[] {
  const names = objects
    .filter(({ dn, objectClasses }) => isAmong(objectClasses, 'computer') && isInOne(dn, bases))
    .map(({ name }) => name);
  return sortValues([...new Set(names)]);
}

/** Whether a name lies below one of the bases. */
export function isInOne(dn: string, bases: readonly string[]): boolean {
  return bases.some((base) => isWithin(dn, base));
}

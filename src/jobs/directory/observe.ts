import { EqualityFilter } from 'ldapts';

import type { ComputerObject, Group, Observation } from '../../core/delegation/observation';
import { spnsFor } from '../../core/delegation/spn';
import { sortValues } from '../../core/delegation/values';
import type { DirectoryQuestion } from '../../core/ports';
import { Fault } from '../../core/problem';

import { shortName, valuesOf } from './computer-entry';
import { findDelegating } from './delegating-objects';
import { readGroups } from './host-groups';
import { distinctNames, findHosts, findHyperVHosts, nameKey } from './host-lookup';
import type { LdapSession } from './ldap-session';
import { findHolders } from './spn-holders';

/** The domain, and where in it hosts are. */
export interface Bases {
  readonly baseDn: string;
  readonly searchBases: readonly string[];
}

/** The most names that are read for suggestions; Active Directory gives no more in one answer (MaxPageSize). */
const MOST_NAMES = 1_000;

/**
 * Reads every host once and who else delegates if that is asked for; where services are, the groups that the hosts are in and, of each
 * destination that is one object, the holders of all SPNs that the services need. One session: one server, one bind.
 */
export async function observe(
  session: LdapSession,
  question: DirectoryQuestion,
  { baseDn, searchBases }: Bases,
): Promise<Omit<Observation, 'at'>> {
  const names = distinctNames([...question.sources, ...question.destinations]);
  const [hosts, all, delegating] = await Promise.all([
    findHosts(session, names, baseDn),
    question.all ? findHyperVHosts(session, searchBases) : [],
    question.delegating ? findDelegating(session, baseDn) : [],
  ]);
  const wanted = new Set(question.destinations.map(nameKey));
  const destinations = [
    ...hosts.filter(({ asked }) => wanted.has(nameKey(asked))).flatMap(({ found }) => onlyOne(found)),
    ...all,
  ];
  const spns = new Set(destinations.flatMap((host) => spnsFor(host, question.services)));
  const isMissing = hosts.some(({ found }) => found.length === 0);
  const judged = question.services.length > 0 ? [...hosts.flatMap(({ found }) => found), ...all] : [];
  const [groups, holders] = await Promise.all([
    readGroups(session, judged),
    findHolders(session, [...spns], baseDn),
  ]);
  const complete = withGroups(groups);
  return {
    server: session.server,
    hosts: hosts.map(({ asked, found }) => ({ asked, found: found.map(complete) })),
    all: all.map(complete),
    delegating: delegating.map(complete),
    holders,
    knownNames: isMissing ? await readNames(session, searchBases) : [],
  };
}

/** Gives an object its groups, so that one object is the same wherever it stands; those of which they were not read have none. */
export function withGroups(
  groups: ReadonlyMap<string, readonly Group[]>,
): (object: ComputerObject) => ComputerObject {
  return (object) => {
    const own = groups.get(object.guid);
    return own ? { ...object, groups: own } : object;
  };
}

/** An object that is found beside others is nobody's destination. */
function onlyOne(found: readonly ComputerObject[]): readonly ComputerObject[] {
  return found.length === 1 ? found : [];
}

async function readNames(session: LdapSession, searchBases: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(searchBases.map((base) => readNamesBelow(session, base)));
  return sortValues([...new Set(lists.flat())]).slice(0, MOST_NAMES);
}

async function readNamesBelow(session: LdapSession, base: string): Promise<readonly string[]> {
  try {
    const entries = await session.search(base, {
      scope: 'sub',
      filter: new EqualityFilter({ attribute: 'objectCategory', value: 'computer' }),
      attributes: ['sAMAccountName'],
      sizeLimit: MOST_NAMES,
    });
    return entries.flatMap((entry) => valuesOf(entry, 'sAMAccountName')).map(shortName);
  } catch (error) {
    // A search base that does not exist must not keep people from hearing that their host was not found.
    if (error instanceof Fault && error.retry === 'never') return [];
    throw error;
  }
}

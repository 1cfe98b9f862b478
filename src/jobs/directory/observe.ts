import { EqualityFilter } from 'ldapts';

import type { HostName, Service } from '../../core/commands/ask';
import type { Observation } from '../../core/delegation/observation';
import { spnsFor } from '../../core/delegation/spn';
import { sortValues } from '../../core/delegation/values';
import { Fault } from '../../core/problem';

import { shortName, valuesOf } from './computer-entry';
import { findHosts } from './host-lookup';
import type { LdapSession } from './ldap-session';
import { findHolders } from './spn-holders';

/** What an ask is about. */
export interface Question {
  readonly source: HostName;
  readonly destination: HostName;
  readonly services: readonly Service[];
}

/** The domain, and where in it hosts are. */
export interface Bases {
  readonly baseDn: string;
  readonly searchBases: readonly string[];
}

/** The most names that are read for suggestions; Active Directory gives no more in one answer (MaxPageSize). */
const MOST_NAMES = 1_000;

/** Reads both hosts and, when the destination is one object, the holders of all SPNs that the services need. One session: one server, one bind. */
export async function observe(
  session: LdapSession,
  question: Question,
  { baseDn, searchBases }: Bases,
): Promise<Omit<Observation, 'at'>> {
  const [source, destination] = await Promise.all([
    findHosts(session, question.source, baseDn),
    findHosts(session, question.destination, baseDn),
  ]);
  const [only, ...others] = destination;
  const spns = only && others.length === 0 ? spnsFor(only, question.services) : [];
  const isMissing = source.length === 0 || destination.length === 0;
  return {
    server: session.server,
    source,
    destination,
    holders: await findHolders(session, spns, baseDn),
    knownNames: isMissing ? await readNames(session, searchBases) : [],
  };
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

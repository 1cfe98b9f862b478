import { EqualityFilter, OrFilter, type Entry, type SearchOptions } from 'ldapts';

import { Fault } from '../../core/problem';
import type { SpnHolding } from '../../core/survey/survey';

import { toHolder, valuesOf } from './computer-entry';
import { equalityKey } from './directory-equality';
import type { LdapSession } from './ldap-session';

/** How many SPNs one filter asks about: some ten kilobytes. */
const BATCH = 100;

interface Found {
  readonly holdings: readonly SpnHolding[];
  /** Every object that holds any of them, with the attributes that were asked for. */
  readonly entries: readonly Entry[];
}

/** Who holds each of many SPNs, by few searches. `options` must read objectGUID, sAMAccountName and servicePrincipalName. */
export async function holdersOfAll(
  session: LdapSession,
  spns: readonly string[],
  options: SearchOptions & { readonly baseDn: string },
): Promise<Found> {
  const batches = Array.from({ length: Math.ceil(spns.length / BATCH) }, (_, at) =>
    spns.slice(at * BATCH, (at + 1) * BATCH),
  );
  const found: Found[] = [];
  // One after the other: a domain controller has other things to do.
  for (const batch of batches) found.push(await holdersOfBatch(session, batch, options));
  return {
    holdings: found.flatMap(({ holdings }) => holdings),
    entries: found.flatMap(({ entries }) => entries),
  };
}

/**
 * The directory finds by its own equality, which no program can repeat in full. An object of which none of the batch's texts is known to
 * be its own splits the batch, down to a single text: then it is never in doubt by which it was found.
 */
async function holdersOfBatch(
  session: LdapSession,
  spns: readonly string[],
  options: SearchOptions & { readonly baseDn: string },
): Promise<Found> {
  const { baseDn, ...rest } = options;
  const filters = spns.map((value) => new EqualityFilter({ attribute: 'servicePrincipalName', value }));
  const filter = new OrFilter({ filters });
  const entries = await session.search(baseDn, { ...rest, scope: 'sub', filter, paged: { pageSize: 500 } });
  const [only, ...others] = spns;
  if (only !== undefined && others.length === 0) {
    return { holdings: [{ spn: only, holders: entries.map(toHolder) }], entries };
  }
  const wanted = spns.map((spn) => ({ spn, key: equalityKey(spn) }));
  const found = entries.map((entry) => ({ entry, keys: keysOf(entry) }));
  if (found.some(({ keys }) => !wanted.some(({ key }) => keys.has(key)))) {
    const half = Math.ceil(spns.length / 2);
    const first = await holdersOfBatch(session, spns.slice(0, half), options);
    const second = await holdersOfBatch(session, spns.slice(half), options);
    return {
      holdings: [...first.holdings, ...second.holdings],
      entries: [...first.entries, ...second.entries],
    };
  }
  const holdings = wanted.map(({ spn, key }) => ({
    spn,
    holders: found.filter(({ keys }) => keys.has(key)).map(({ entry }) => toHolder(entry)),
  }));
  return { holdings, entries };
}

/** The keys of an entry's own SPNs; none when the server showed only part of them, so that each is asked about alone. */
function keysOf(entry: Entry): ReadonlySet<string> {
  try {
    return new Set(valuesOf(entry, 'servicePrincipalName').map(equalityKey));
  } catch (error) {
    if (error instanceof Fault && error.code === 'directory.unreadable') return new Set();
    throw error;
  }
}

import { EqualityFilter, OrFilter, type Entry, type SearchOptions } from 'ldapts';

import { foldCase } from '../../core/delegation/values';
import { Fault } from '../../core/problem';
import type { SpnHolding } from '../../core/survey/survey';

import { toHolder, valuesOf } from './computer-entry';
import { isTooMany } from './ldap-fault';
import type { LdapSession } from './ldap-session';

/** How many SPNs one filter asks about: some ten kilobytes. */
const BATCH = 100;

/**
 * Printable ASCII, no space at an end or beside another. Of two such texts the directory makes one only where nothing but letter
 * case differs: what else it ignores (width, kana, accents, MS-ADTS 3.1.1.3.1.4; spaces, RFC 4518 2.6.1) is in neither.
 */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

interface Found {
  /** One for each SPN that was asked about, in that order. */
  readonly holdings: readonly SpnHolding[];
  /** Every object that holds any of them, with the attributes that were asked for; some may stand twice. */
  readonly entries: readonly Entry[];
}

type Options = SearchOptions & { readonly baseDn: string };

/**
 * Who holds each of many SPNs, anywhere in the domain and of whatever class, by few searches. The directory's own equality decides,
 * look-alikes included: the KDC finds the owner of a service by the same index. `options` must read objectGUID, sAMAccountName and
 * servicePrincipalName.
 */
export async function holdersOfAll(
  session: LdapSession,
  spns: readonly string[],
  options: Options,
): Promise<Found> {
  const plain = spns.filter((spn) => PLAIN.test(spn));
  const batches = [
    ...Array.from({ length: Math.ceil(plain.length / BATCH) }, (_, at) =>
      plain.slice(at * BATCH, (at + 1) * BATCH),
    ),
    // Whether anything is found by one of these only the directory knows.
    ...spns.filter((spn) => !PLAIN.test(spn)).map((spn) => [spn]),
  ];
  const found: Found[] = [];
  // One after the other: a domain controller has other things to do.
  for (const batch of batches) found.push(await holdersOfBatch(session, batch, options));
  const held = new Map(found.flatMap(({ holdings }) => holdings).map((holding) => [holding.spn, holding]));
  return {
    holdings: spns.flatMap((spn) => held.get(spn) ?? []),
    entries: found.flatMap(({ entries }) => entries),
  };
}

/**
 * An object of which it is in any doubt by which texts it was found splits the batch, down to a single text: then there is none. Only
 * the half that it is found by again splits further.
 */
async function holdersOfBatch(
  session: LdapSession,
  spns: readonly string[],
  options: Options,
): Promise<Found> {
  const { baseDn, ...rest } = options;
  const filters = spns.map((value) => new EqualityFilter({ attribute: 'servicePrincipalName', value }));
  const filter = new OrFilter({ filters });
  const entries = await searchWhole(session, baseDn, { ...rest, scope: 'sub', filter });
  const [only, ...others] = spns;
  if (only !== undefined && others.length === 0) {
    return { holdings: [{ spn: only, holders: entries.map(toHolder) }], entries };
  }
  const wanted = new Set(spns.map(foldCase));
  const found = entries.map((entry) => ({ entry, held: heldOf(entry, wanted) }));
  if (found.some(({ held }) => held.size === 0)) {
    const half = Math.ceil(spns.length / 2);
    const first = await holdersOfBatch(session, spns.slice(0, half), options);
    const second = await holdersOfBatch(session, spns.slice(half), options);
    return {
      holdings: [...first.holdings, ...second.holdings],
      entries: [...first.entries, ...second.entries],
    };
  }
  const holdings = spns.map((spn) => ({
    spn,
    holders: found.filter(({ held }) => held.has(foldCase(spn))).map(({ entry }) => toHolder(entry)),
  }));
  return { holdings, entries };
}

/** In one answer where that holds all of them, as nearly always: pages make a domain controller search twice. It never gives a part for the whole. */
async function searchWhole(
  session: LdapSession,
  baseDn: string,
  options: SearchOptions,
): Promise<readonly Entry[]> {
  try {
    return await session.search(baseDn, options);
  } catch (error) {
    if (!isTooMany(error)) throw error;
    return session.search(baseDn, { ...options, paged: { pageSize: 500 } });
  }
}

/**
 * Which of the wanted texts, folded, an entry holds; none when that is in doubt: one of its SPNs is not plain, so that it may be the
 * same as any text for the directory, or the server showed only part of them. An entry with one known text may still hold another.
 */
function heldOf(entry: Entry, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const spns = spnsOf(entry);
  if (!spns.every((spn) => PLAIN.test(spn))) return new Set();
  return new Set(spns.map(foldCase).filter((spn) => wanted.has(spn)));
}

function spnsOf(entry: Entry): readonly string[] {
  try {
    return valuesOf(entry, 'servicePrincipalName');
  } catch (error) {
    if (error instanceof Fault && error.code === 'directory.unreadable') return [];
    throw error;
  }
}

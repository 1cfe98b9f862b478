import { AndFilter, EqualityFilter, OrFilter, SubstringFilter } from 'ldapts';

import type { HostName } from '../../core/commands/ask';
import { isSameDn, isWithin } from '../../core/delegation/distinguished-name';
import type { ComputerObject, FoundHost } from '../../core/delegation/observation';
import { SERVICE_CLASSES } from '../../core/delegation/spn';
import { foldCase } from '../../core/delegation/values';

import { computerAttributes, toComputer } from './computer-entry';
import { guidDn, isGuid } from './guid';
import type { LdapSession } from './ldap-session';

/** The class of the service that receives live migrations. */
export const MIGRATION = SERVICE_CLASSES.find(({ service }) => service === 'migration')?.serviceClass ?? '';

/** How many names one search asks for: the filter stays far below what a server takes. */
const NAMES_A_SEARCH = 50;

/**
 * Of each name every object of the domain that has exactly it, of whatever class, so that core can say what it is:
 * sAMAccountName with `$`, or dNSHostName, or the distinguished name, or objectGUID.
 */
export async function findHosts(
  session: LdapSession,
  names: readonly HostName[],
  baseDn: string,
): Promise<readonly FoundHost[]> {
  const textsOf = (wanted: HostName['kind']) =>
    names.filter(({ kind }) => kind === wanted).map(({ text }) => text);
  const sought = names.filter(({ kind }) => kind === 'short' || kind === 'fqdn');
  const [searched, ...lookedUp] = await Promise.all([
    inBatches(sought, NAMES_A_SEARCH, (batch) => byName(session, batch, baseDn)),
    ...textsOf('dn').map((dn) => readByDn(session, dn, baseDn)),
    ...textsOf('guid').map((guid) => readByGuid(session, guid, baseDn)),
  ]);
  const found = [...searched, ...lookedUp.filter((object) => object !== null)];
  const objects = [...new Map(found.map((object) => [object.guid, object])).values()];
  return names.map((asked) => ({ asked, found: objects.filter((object) => hasExactly(object, asked)) }));
}

/** Every computer below the search bases that holds an SPN of the migration service: what `all` means. */
export async function findHyperVHosts(
  session: LdapSession,
  searchBases: readonly string[],
): Promise<readonly ComputerObject[]> {
  const filter = new AndFilter({
    filters: [
      new EqualityFilter({ attribute: 'objectCategory', value: 'computer' }),
      new SubstringFilter({ attribute: 'servicePrincipalName', initial: `${MIGRATION}/` }),
    ],
  });
  const found = await Promise.all(
    searchBases.map(async (base) => {
      const entries = await session.search(base, { ...computerAttributes, scope: 'sub', filter });
      return entries.map(toComputer);
    }),
  );
  const objects = [...new Map(found.flat().map((object) => [object.guid, object])).values()];
  return objects.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Each name once; the first of equal ones stays the same object. */
export function distinctNames(names: readonly HostName[]): readonly HostName[] {
  const seen = new Map<string, HostName>();
  for (const name of names) {
    const key = nameKey(name);
    if (!seen.has(key)) seen.set(key, name);
  }
  return [...seen.values()];
}

/** Names that mean the same text. */
export function nameKey({ kind, text }: HostName): string {
  return `${kind}:${foldCase(text)}`;
}

async function inBatches<T, R>(
  items: readonly T[],
  size: number,
  ask: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
  return (await Promise.all(batches.map((batch) => ask(batch)))).flat();
}

/** The object of that GUID; null when there is none in the domain (any more), or when the text is no GUID. */
export async function readByGuid(
  session: LdapSession,
  guid: string,
  baseDn: string,
): Promise<ComputerObject | null> {
  if (!isGuid(guid)) return null;
  const entry = await session.lookUp(guidDn(guid), computerAttributes);
  return entry && isWithin(entry.dn, baseDn) ? toComputer(entry) : null;
}

/** The directory also finds look-alikes: it ignores width, kana and accents (MS-ADTS 3.1.1.3.1.4). They are not what was asked for. */
export function hasExactly(object: ComputerObject, name: HostName): boolean {
  switch (name.kind) {
    case 'short':
      return foldCase(object.samAccountName) === `${name.text}$`;
    case 'fqdn':
      return object.dnsHostName !== null && foldCase(object.dnsHostName) === name.text;
    case 'dn':
      return isSameDn(object.dn, name.text);
    case 'guid':
      return object.guid === name.text;
  }
}

/** The text is somebody's: it is sent only when it reads as a name within the domain, never as `<SID=…>` or the like. */
async function readByDn(session: LdapSession, dn: string, baseDn: string): Promise<ComputerObject | null> {
  if (!isWithin(dn, baseDn)) return null;
  const entry = await session.lookUp(dn, computerAttributes);
  return entry ? toComputer(entry) : null;
}

async function byName(
  session: LdapSession,
  names: readonly HostName[],
  baseDn: string,
): Promise<readonly ComputerObject[]> {
  const filters = names.map(({ kind, text }) =>
    kind === 'short'
      ? new EqualityFilter({ attribute: 'sAMAccountName', value: `${text}$` })
      : new EqualityFilter({ attribute: 'dNSHostName', value: text }),
  );
  const entries = await session.search(baseDn, {
    ...computerAttributes,
    scope: 'sub',
    filter: new OrFilter({ filters }),
  });
  return entries.map(toComputer);
}

import { EqualityFilter } from 'ldapts';

import type { HostName } from '../../core/commands/ask';
import { isSameDn, isWithin } from '../../core/delegation/distinguished-name';
import type { ComputerObject } from '../../core/delegation/observation';
import { foldCase } from '../../core/delegation/values';

import { computerAttributes, toComputer } from './computer-entry';
import { guidDn, isGuid } from './guid';
import type { LdapSession } from './ldap-session';

/**
 * Every object of the domain that has exactly this name, of whatever class, so that core can say what it is: sAMAccountName
 * with `$`, or dNSHostName, or the distinguished name.
 */
export async function findHosts(
  session: LdapSession,
  name: HostName,
  baseDn: string,
): Promise<readonly ComputerObject[]> {
  const found =
    name.kind === 'dn' ? await byDn(session, name.text, baseDn) : await byName(session, name, baseDn);
  return found.filter((object) => hasExactly(object, name));
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
  }
}

/** The text is somebody's: it is sent only when it reads as a name within the domain, never as `<SID=…>` or the like. */
async function byDn(session: LdapSession, dn: string, baseDn: string): Promise<readonly ComputerObject[]> {
  if (!isWithin(dn, baseDn)) return [];
  const entry = await session.lookUp(dn, computerAttributes);
  return entry ? [toComputer(entry)] : [];
}

async function byName(
  session: LdapSession,
  name: HostName,
  baseDn: string,
): Promise<readonly ComputerObject[]> {
  const filter =
    name.kind === 'short'
      ? new EqualityFilter({ attribute: 'sAMAccountName', value: `${name.text}$` })
      : new EqualityFilter({ attribute: 'dNSHostName', value: name.text });
  const entries = await session.search(baseDn, { ...computerAttributes, scope: 'sub', filter });
  return entries.map(toComputer);
}

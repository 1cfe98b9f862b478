import type { Entry } from 'ldapts';

import type { ComputerObject, Group } from '../../core/delegation/observation';
import { isAmong, sortValues } from '../../core/delegation/values';

import { guidDn } from './guid';
import { unreadable } from './ldap-fault';
import type { LdapSession } from './ldap-session';
import { sidDn, sidText } from './sid';

/** A domain controller works tokenGroups out when it is asked, and only where one object is read by its name (MS-ADTS 3.1.1.4.5.19). */
const groupAttributes = {
  attributes: ['objectSid', 'tokenGroups'],
  explicitBufferAttributes: ['objectSid', 'tokenGroups'],
};

const READ_GROUPS =
  'Grant Handover’s account the right to read all properties of computer objects: tokenGroups is one of the property set ' +
  '“Remote Access Information”. It is also missing while the domain controller reaches no global catalog.';
const READ_NAMES = 'Grant Handover’s account the right to read groups, wherever in the domain they are.';

/** Where an object is a member: its groups by SID, and what the SIDs of its own domain begin with. */
interface Membership {
  readonly object: ComputerObject;
  readonly sids: readonly string[];
  readonly domain: string;
}

/**
 * By GUID, every group that each computer among the objects is in. All are asked at once, then each group of this domain is
 * named once. Throws Fault `directory.unreadable` when there are groups that cannot be read: they could be of Tier 0.
 */
export async function readGroups(
  session: LdapSession,
  objects: readonly ComputerObject[],
): Promise<ReadonlyMap<string, readonly Group[]>> {
  const distinct = [...new Map(objects.map((object) => [object.guid, object])).values()];
  const computers = distinct.filter(({ objectClasses }) => isAmong(objectClasses, 'computer'));
  const memberships = await Promise.all(computers.map((object) => readMembership(session, object)));
  const own = new Set(memberships.flatMap(({ sids, domain }) => sids.filter((sid) => isOwn(sid, domain))));
  const names = new Map(
    await Promise.all([...own].map(async (sid) => [sid, await nameOf(session, sid)] as const)),
  );
  return new Map(memberships.map((membership) => [membership.object.guid, named(membership, names)]));
}

async function readMembership(session: LdapSession, object: ComputerObject): Promise<Membership> {
  const entry = await session.lookUp(guidDn(object.guid), groupAttributes);
  const [sid] = entry ? sidsOf(entry, 'objectSid') : [];
  const sids = entry ? sidsOf(entry, 'tokenGroups') : [];
  // Every computer has a primary group.
  if (sid === undefined || sids.length === 0) throw unreadable(object.dn, 'tokenGroups', READ_GROUPS);
  return { object, sids: sortValues([...new Set(sids)]), domain: sid.slice(0, sid.lastIndexOf('-') + 1) };
}

function named(
  { object, sids, domain }: Membership,
  names: ReadonlyMap<string, string | null>,
): readonly Group[] {
  return sids.map((sid) => {
    const dn = names.get(sid) ?? null;
    if (dn === null && isOwn(sid, domain)) throw unreadable(object.dn, `A group (${sid})`, READ_NAMES);
    return { sid, dn };
  });
}

/** Groups of other domains have no object here that could be found: the name would be a referral's. */
function isOwn(sid: string, domain: string): boolean {
  return sid.startsWith(domain) || sid.startsWith('S-1-5-32-');
}

async function nameOf(session: LdapSession, sid: string): Promise<string | null> {
  const entry = await session.lookUp(sidDn(sid), { attributes: ['objectClass'] });
  return entry?.dn ?? null;
}

function sidsOf(entry: Entry, type: string): readonly string[] {
  const values = [entry[type] ?? []].flat();
  return values.flatMap((value) => (Buffer.isBuffer(value) ? sidText(value) : []));
}

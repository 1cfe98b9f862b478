import type { Entry } from 'ldapts';

import { hasBit } from '../../core/delegation/account-control';
import { isAmong } from '../../core/delegation/values';

import { unreadable } from './ldap-fault';
import type { LdapSession } from './ldap-session';
import { sidText } from './sid';

const sids = {
  attributes: ['objectSid', 'tokenGroups', 'userAccountControl', 'objectClass'],
  explicitBufferAttributes: ['objectSid', 'tokenGroups'],
};

const READ_ACCOUNT =
  'Grant Handover’s account the right to read all properties of the people in policy.linkedAccounts, tokenGroups and userAccountControl among them.';

/**
 * Whether an account is enabled and in a security group, directly, through other groups or by its primary group: tokenGroups, which a domain
 * controller works out when it is asked (MS-ADTS 3.1.1.4.5.19). What does not exist is not. Throws Fault
 * `directory.unreadable` when it cannot be told.
 */
export async function holdsGroup(session: LdapSession, account: string, group: string): Promise<boolean> {
  const [person, wanted] = await Promise.all([
    session.lookUp(account, sids),
    session.lookUp(group, { attributes: ['objectSid'], explicitBufferAttributes: ['objectSid'] }),
  ]);
  const [sid] = wanted ? sidsOf(wanted, 'objectSid') : [];
  if (!person || sid === undefined) return false;
  const classes = [person['objectClass'] ?? []].flat().map(String);
  if (classes.length > 0 && !isAmong(classes, 'user')) return false;
  const groups = sidsOf(person, 'tokenGroups');
  const control = Number([person['userAccountControl'] ?? []].flat()[0] ?? Number.NaN);
  // Every account has a primary group.
  const isRead = classes.length > 0 && groups.length > 0 && !Number.isNaN(control);
  if (!isRead) throw unreadable(account, 'tokenGroups', READ_ACCOUNT);
  return !hasBit(control, 'disabled') && groups.includes(sid);
}

function sidsOf(entry: Entry, type: string): readonly string[] {
  const values = [entry[type] ?? []].flat();
  return values.flatMap((value) => (Buffer.isBuffer(value) ? sidText(value) : []));
}

import type { Entry } from 'ldapts';

import type { ComputerObject, SpnHolder } from '../../core/delegation/observation';
import { leafOf } from '../../core/delegation/distinguished-name';
import { foldCase, isAmong, sortValues } from '../../core/delegation/values';

import { guidText } from './guid';
import { unreadable } from './ldap-fault';

/** What is read of a holder of an SPN. */
export const holderAttributes = {
  attributes: ['objectGUID', 'sAMAccountName'],
  // Without it ldapts makes text of bytes that happen to be UTF-8.
  explicitBufferAttributes: ['objectGUID'],
};

/** What is read of a computer object; spelled as in the schema, since ldapts compares exactly. */
export const computerAttributes = {
  ...holderAttributes,
  attributes: [
    ...holderAttributes.attributes,
    'objectClass',
    'dNSHostName',
    'userAccountControl',
    'primaryGroupID',
    'adminCount',
    'servicePrincipalName',
    'msDS-AllowedToDelegateTo',
    'memberOf',
  ],
};

/**
 * The object as core knows it. Throws Fault `directory.unreadable` when the server showed only part of a list (range
 * retrieval, MS-ADTS 3.1.1.3.1.3.3), or hid what decides whether an account is enabled or a domain controller.
 */
export function toComputer(entry: Entry): ComputerObject {
  const { guid, name, dn } = toHolder(entry);
  const objectClasses = valuesOf(entry, 'objectClass');
  const control = numberOf(entry, 'userAccountControl');
  const primaryGroup = numberOf(entry, 'primaryGroupID');
  // Every security principal has both; a group or a container has neither.
  if (isAmong(objectClasses, 'user') && (control === null || primaryGroup === null)) {
    throw unreadable(dn, control === null ? 'userAccountControl' : 'primaryGroupID');
  }
  return {
    guid,
    dn,
    name,
    samAccountName: firstOf(entry, 'sAMAccountName') ?? '',
    dnsHostName: firstOf(entry, 'dNSHostName'),
    objectClasses,
    // LDAP shows it as a signed 32 bit integer.
    userAccountControl: (control ?? 0) >>> 0,
    primaryGroupId: primaryGroup ?? 0,
    adminCount: (numberOf(entry, 'adminCount') ?? 0) > 0,
    spns: sortValues(valuesOf(entry, 'servicePrincipalName')),
    allowedToDelegateTo: sortValues(valuesOf(entry, 'msDS-AllowedToDelegateTo')),
    memberOf: sortValues(valuesOf(entry, 'memberOf')),
  };
}

/** Which object it is. An object without an account name goes by its common name. */
export function toHolder(entry: Entry): SpnHolder {
  const guid = entry['objectGUID'];
  if (!Buffer.isBuffer(guid)) throw unreadable(entry.dn, 'objectGUID');
  const account = firstOf(entry, 'sAMAccountName');
  const name = account === null ? (leafOf(entry.dn) ?? '') : shortName(account);
  return { guid: guidText(guid), name, dn: entry.dn };
}

/** The account name of a computer as people say it: without `$`, ASCII letters in lower case. */
export function shortName(samAccountName: string): string {
  return foldCase(samAccountName).replace(/\$$/, '');
}

/** All values of an attribute as text, none when it is absent: ldapts gives one bare and many as a list. */
export function valuesOf(entry: Entry, type: string): readonly string[] {
  const part = Object.keys(entry).find((key) => key.startsWith(`${type};`));
  if (part !== undefined) throw unreadable(entry.dn, type);
  return [entry[type] ?? []].flat().map((value) => value.toString());
}

function firstOf(entry: Entry, type: string): string | null {
  return valuesOf(entry, type)[0] ?? null;
}

function numberOf(entry: Entry, type: string): number | null {
  const text = firstOf(entry, type);
  if (text === null) return null;
  const value = Number(text);
  if (!Number.isInteger(value)) throw unreadable(entry.dn, type);
  return value;
}

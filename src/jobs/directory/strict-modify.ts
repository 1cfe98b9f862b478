import { Attribute, Change } from 'ldapts';

import type { ListModification, Modification } from '../../core/ports';
import { invariant } from '../../core/problem';

import { guidDn } from './guid';
import type { LdapSession } from './ldap-session';
import { setTrust } from './trust-modify';

/**
 * One modify (RFC 4511 4.6: whole or not at all). The object is addressed by its GUID, so that a host that was moved or renamed is
 * still itself, and another one that took its name is not. Never `replace`, and no permissive control: success proves that it was us.
 */
export function modifyStrictly(
  session: LdapSession,
  modification: Modification,
): Promise<'changed' | 'conflict'> {
  return modification.attribute === 'userAccountControl'
    ? setTrust(session, modification)
    : changeList(session, modification);
}

function changeList(session: LdapSession, modification: ListModification): Promise<'changed' | 'conflict'> {
  const { guid, dn, attribute, add, remove } = modification;
  const changes = [
    ...changeOf('delete', { attribute, values: remove }),
    ...changeOf('add', { attribute, values: add }),
  ];
  // A delete without values would clear the attribute.
  invariant(changes.length > 0, 'a modification has values');
  return session.modify(guidDn(guid), changes, { dn, attribute });
}

function changeOf(
  operation: 'add' | 'delete',
  { attribute, values }: { attribute: string; values: readonly string[] },
): Change[] {
  if (values.length === 0) return [];
  return [new Change({ operation, modification: new Attribute({ type: attribute, values: [...values] }) })];
}

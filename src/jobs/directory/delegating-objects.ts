import { PresenceFilter } from 'ldapts';

import type { ComputerObject } from '../../core/delegation/observation';
import { inOrder } from '../../core/survey/grouping';

import { computerAttributes, toComputer } from './computer-entry';
import type { LdapSession } from './ldap-session';

/** Active Directory gives at most 1,000 objects in one answer (MaxPageSize). */
const PAGE_SIZE = 500;

/**
 * Every object of the domain that has a list, whatever it is: users and service accounts may have one too. Throws Fault
 * `directory.unreadable` when one of them cannot be read whole: a plan that is about all of them must not leave one out.
 */
export async function findDelegating(
  session: LdapSession,
  baseDn: string,
): Promise<readonly ComputerObject[]> {
  const entries = await session.search(baseDn, {
    ...computerAttributes,
    scope: 'sub',
    filter: new PresenceFilter({ attribute: 'msDS-AllowedToDelegateTo' }),
    paged: { pageSize: PAGE_SIZE },
  });
  return inNameOrder(entries.map(toComputer));
}

/** By name, objects of one name by GUID: one set has one order. */
export function inNameOrder(objects: readonly ComputerObject[]): readonly ComputerObject[] {
  return inOrder(objects, ({ name, guid }) => `${name}\0${guid}`);
}

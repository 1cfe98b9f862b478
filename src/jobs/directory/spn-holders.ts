import { EqualityFilter } from 'ldapts';

import type { SpnHolder, SpnHolders } from '../../core/delegation/observation';
import { splitSpn } from '../../core/delegation/spn';
import { invariant } from '../../core/problem';

import { holderAttributes, toHolder } from './computer-entry';
import type { LdapSession } from './ldap-session';

/**
 * Who holds each SPN, anywhere in the domain and of whatever class. The directory's own equality decides, look-alikes
 * included: the KDC finds the owner of a service by the same index. One search per text, so that it is never in doubt
 * which SPN an object was found by.
 */
export async function findHolders(
  session: LdapSession,
  spns: readonly string[],
  baseDn: string,
): Promise<readonly SpnHolders[]> {
  const searches = new Map<string, Promise<readonly SpnHolder[]>>();
  const holdersOf = (spn: string): Promise<readonly SpnHolder[]> => {
    const known = searches.get(spn) ?? searchHolders(session, spn, baseDn);
    searches.set(spn, known);
    return known;
  };
  return Promise.all(
    spns.map(async (spn) => {
      const [explicit, viaHost] = await Promise.all([holdersOf(spn), holdersOf(hostSpn(spn))]);
      return { spn, explicit, viaHost };
    }),
  );
}

async function searchHolders(
  session: LdapSession,
  spn: string,
  baseDn: string,
): Promise<readonly SpnHolder[]> {
  const filter = new EqualityFilter({ attribute: 'servicePrincipalName', value: spn });
  const entries = await session.search(baseDn, { ...holderAttributes, scope: 'sub', filter });
  return entries.map(toHolder);
}

/** HOST stands for many service classes of the same host, cifs among them (sPNMappings). */
export function hostSpn(spn: string): string {
  const parts = splitSpn(spn);
  invariant(parts !== null, 'a service is named CLASS/HOST');
  return `HOST/${parts.host}`;
}

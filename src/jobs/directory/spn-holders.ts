import type { SpnHolders } from '../../core/delegation/observation';
import { splitSpn } from '../../core/delegation/spn';
import { invariant } from '../../core/problem';

import { holderAttributes } from './computer-entry';
import { holdersOfAll } from './holder-search';
import type { LdapSession } from './ldap-session';

const attributes = [...holderAttributes.attributes, 'servicePrincipalName'];

/** Who holds each SPN: by its own text, and by the HOST class that stands for it (sPNMappings). See `holdersOfAll`. */
export async function findHolders(
  session: LdapSession,
  spns: readonly string[],
  baseDn: string,
): Promise<readonly SpnHolders[]> {
  const texts = [...new Set(spns.flatMap((spn) => [spn, hostSpn(spn)]))];
  const { holdings } = await holdersOfAll(session, texts, { baseDn, ...holderAttributes, attributes });
  const held = new Map(holdings.map(({ spn, holders }) => [spn, holders]));
  const holdersOf = (spn: string) => {
    const holders = held.get(spn);
    // Nobody and not asked are two things.
    invariant(holders !== undefined, 'holders are known of every SPN');
    return holders;
  };
  return spns.map((spn) => ({ spn, explicit: holdersOf(spn), viaHost: holdersOf(hostSpn(spn)) }));
}

/** HOST stands for many service classes of the same host, cifs among them. */
export function hostSpn(spn: string): string {
  const parts = splitSpn(spn);
  invariant(parts !== null, 'a service is named CLASS/HOST');
  return `HOST/${parts.host}`;
}

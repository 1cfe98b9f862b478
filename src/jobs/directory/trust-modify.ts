import { Attribute, Change } from 'ldapts';

import { ACCOUNT_BITS, hasBit } from '../../core/delegation/account-control';
import type { TrustModification } from '../../core/ports';
import { invariant } from '../../core/problem';

import { valuesOf } from './computer-entry';
import { guidDn } from './guid';
import type { LdapSession } from './ldap-session';

/**
 * Sets TRUSTED_TO_AUTH_FOR_DELEGATION by one modify that deletes the old value and adds the new one (RFC 4511 4.6).
 *
 * Samba 4.17 refuses an old value that is not (any more) the stored one with 16, as it should, but for one case: where the new value
 * is stored already it does nothing and says success, whatever was to be deleted. Success would not prove that it was us, so the old
 * value is read first; only who sets the same bit within that millisecond can still be taken for us.
 */
export async function setTrust(
  session: LdapSession,
  modification: TrustModification,
): Promise<'changed' | 'conflict'> {
  refuseOtherBits(modification);
  const { guid, dn, attribute, before, after } = modification;
  const entry = await session.lookUp(guidDn(guid), { attributes: [attribute] });
  if (!entry || !valuesOf(entry, attribute).includes(signed(before))) return 'conflict';
  const change = (operation: 'add' | 'delete', value: number) =>
    new Change({ operation, modification: new Attribute({ type: attribute, values: [signed(value)] }) });
  return session.modify(guidDn(guid), [change('delete', before), change('add', after)], { dn, attribute });
}

/**
 * Throws unless nothing but TRUSTED_TO_AUTH_FOR_DELEGATION is set, on an account without it that is not trusted without limits. It
 * is the last look before a write: who may write the attribute could also disable hosts or trust them without limits.
 */
export function refuseOtherBits({ before, after }: TrustModification): void {
  invariant(before === before >>> 0, 'userAccountControl has 32 bits');
  invariant(!hasBit(before, 'unconstrained'), 'an account that is trusted without limits is left alone');
  invariant(!hasBit(before, 'anyProtocol'), 'a bit that is set is not set again');
  invariant(after === (before | ACCOUNT_BITS.anyProtocol) >>> 0, 'of userAccountControl one bit is set');
}

/** LDAP carries userAccountControl as a signed 32 bit integer (MS-ADTS 3.1.1.2.2.2). */
function signed(control: number): string {
  return String(control | 0);
}

import { Attribute } from 'ldapts';

import { asAccount, type Account } from './connection';
import { administrator, type DomainAccess } from './domain';
import { quotedPassword } from './names';
import { newPassword } from './provision';
import { grantPrivilege, grantWrite, type TrustedAttribute } from './rights';

/** An account that a test needs beside the narrow one. */
export interface AccountOrder {
  /** sAMAccountName, up to 20 characters; nobody else's in the domain. */
  readonly name: string;
  /** An OU: the account is made in it, so that it goes away with it, and may write computers below it. */
  readonly within: string;
  readonly writes: readonly TrustedAttribute[];
  /** SeEnableDelegationPrivilege, on the domain's first controller. */
  readonly hasPrivilege: boolean;
}

/** Makes an account with rights of its own on a running domain, within about two seconds. */
export async function createAccount(domain: DomainAccess, order: AccountOrder): Promise<Account> {
  const { name, within, writes, hasPrivilege } = order;
  const account = { dn: `CN=${name},${within}`, password: newPassword() };
  await asAccount(domain, administrator(domain), (client) =>
    client.add(account.dn, [
      ...Object.entries({
        objectClass: 'user',
        sAMAccountName: name,
        // NORMAL_ACCOUNT.
        userAccountControl: '512',
      }).map(([type, value]) => new Attribute({ type, values: [value] })),
      new Attribute({ type: 'unicodePwd', values: [quotedPassword(account.password)] }),
    ]),
  );
  if (writes.length > 0) await grantWrite(domain.home, name, { attributes: writes, below: within });
  if (hasPrivilege) await grantPrivilege(domain.home, name);
  return account;
}

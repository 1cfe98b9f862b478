import { hostAttributes, practiceHosts } from './accounts';
import {
  baseDn,
  containers,
  dnsDomain,
  impersonatedUser,
  quotedPassword,
  serviceAccount,
  userDn,
  weakAccount,
} from './names';

/** One LDIF (RFC 2849) with every object of the practice domain; each account gets its own password from the caller. */
export function accountsLdif(newPassword: () => string): string {
  const units = [containers.hyperV, containers.fileServers].map((dn) =>
    addition(dn, { objectClass: ['organizationalUnit'] }),
  );
  const hosts = practiceHosts.map((host) =>
    addition(`CN=${host.name},${host.container}`, hostAttributes(host), newPassword()),
  );
  const users = [serviceAccount, weakAccount, impersonatedUser].map((name) =>
    addition(userDn(name), userAttributes(name), newPassword()),
  );
  return [...units, ...hosts, ...users].join('\n');
}

/** An LDIF that sets passwords; works on sam.ldb while the server is down. */
export function passwordsLdif(accounts: readonly { dn: string; password: string }[]): string {
  return accounts
    .map(({ dn, password }) =>
      record(dn, ['changetype: modify', 'replace: unicodePwd', passwordLine(password)]),
    )
    .join('\n');
}

function userAttributes(name: string): Record<string, string[]> {
  return {
    objectClass: ['user'],
    sAMAccountName: [name],
    userPrincipalName: [`${name}@${dnsDomain}`],
    // NORMAL_ACCOUNT and DONT_EXPIRE_PASSWORD: a domain from the cache may be older than the password age.
    userAccountControl: [String(0x200 + 0x1_0000)],
  };
}

function addition(dn: string, attributes: Record<string, string[]>, password?: string): string {
  const values = Object.entries(attributes).flatMap(([type, list]) =>
    list.map((value) => `${type}: ${value}`),
  );
  return record(dn, [
    'changetype: add',
    ...values,
    ...(password === undefined ? [] : [passwordLine(password)]),
  ]);
}

function passwordLine(password: string): string {
  return `unicodePwd:: ${quotedPassword(password).toString('base64')}`;
}

function record(dn: string, lines: readonly string[]): string {
  if (!dn.endsWith(baseDn)) throw new Error(`${dn} is not in ${baseDn}`);
  return `dn: ${dn}\n${lines.join('\n')}\n`;
}

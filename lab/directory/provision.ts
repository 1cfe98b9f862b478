import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun } from '../processes';

import { branchHosts, ordinaryHosts } from './accounts';
import { configureController, controllerFiles, startController, type ControllerPlace } from './controller';
import { accountsLdif } from './ldif';
import { accountPassword, containers, delegationAttribute, realm, serviceAccount, workgroup } from './names';
import { grantPrivilege, grantWrite } from './rights';

/** A password nobody is told. */
export function newPassword(): string {
  return accountPassword(randomBytes(18).toString('base64url'));
}

/** Makes the practice domain in an empty directory, with accounts, rights, keytabs and certificate, and leaves it stopped. */
export async function provisionDomain(place: ControllerPlace): Promise<void> {
  await provisionEmpty(place);
  await configureController(place);
  await writeOffline(place.home, accountsLdif(newPassword));
  // The least that writing delegation takes: no other attribute, no other place.
  await grantWrite(place.home, serviceAccount, {
    attributes: [delegationAttribute],
    below: containers.hyperV,
  });
  await grantPrivilege(place.home, serviceAccount);
  for (const host of [...ordinaryHosts, ...branchHosts]) await exportKeytab(place.home, host);
  // The first start makes CA and certificate (a 4096-bit key takes seconds).
  const controller = await startController(place);
  await controller.stop();
  await removeSockets(place.home);
}

/** Removes what a stopped server has left of itself: sockets and pid files, which a copy must not have. */
export async function removeSockets(home: string): Promise<void> {
  for (const left of ['run', 'msg.sock', 'msg.lock', 'private/ldapi', 'private/ldap_priv']) {
    await rm(join(home, left), { recursive: true, force: true });
  }
}

/** Applies an LDIF to the domain's database as the system does, while the server is down. */
export async function writeOffline(home: string, ldif: string): Promise<void> {
  const { samDb, smbConf } = controllerFiles(home);
  await mustRun('ldbmodify', ['-H', samDb], { input: ldif, env: { SMB_CONF_PATH: smbConf } });
}

/** Writes HOST.keytab with the account's present keys; works beside a running server. Throws if there is no such account. */
export async function exportKeytab(home: string, host: string): Promise<string> {
  const { keytabDir, smbConf } = controllerFiles(home);
  const keytab = join(keytabDir, `${host}.keytab`);
  // Samba appends to a keytab that exists, so a second export of the same host must not meet the first.
  const making = join(keytabDir, `.${host}-${randomBytes(6).toString('hex')}`);
  const principal = `--principal=${host}$`;
  await mustRun('samba-tool', ['domain', 'exportkeytab', making, principal, `--configfile=${smbConf}`]);
  await rename(making, keytab);
  return keytab;
}

async function provisionEmpty({ name, address, home }: ControllerPlace): Promise<void> {
  await mustRun('samba-tool', [
    'domain',
    'provision',
    `--realm=${realm}`,
    `--domain=${workgroup}`,
    '--server-role=dc',
    '--dns-backend=SAMBA_INTERNAL',
    `--host-name=${name}`,
    `--host-ip=${address}`,
    // Replaced for each instance before the server runs, so that it may stand in the process list.
    `--adminpass=${newPassword()}`,
    `--targetdir=${home}`,
    `--option=interfaces=${address}/8`,
    '--option=bind interfaces only=yes',
  ]);
}

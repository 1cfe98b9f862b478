import { mkdir, rm } from 'node:fs/promises';

import { mustRun } from '../processes';

import {
  configureController,
  controllerFiles,
  startController,
  type ControllerPlace,
  type RunningController,
} from './controller';
import { passwordsLdif } from './ldif';
import { adminDn, dnsDomain, serviceAccount, workgroup } from './names';
import { newPassword, removeSockets, writeOffline } from './provision';
import { pullChanges } from './replication';
import { grantPrivilege } from './rights';

/** The two controllers of a domain. */
export interface ControllerPair {
  first: ControllerPlace;
  second: ControllerPlace;
}

/** The site that provisioning makes; named, so that nobody has to be asked where the new controller belongs (CLDAP). */
const site = 'Default-First-Site-Name';

/**
 * Joins a second domain controller to a provisioned, stopped domain, and leaves both stopped and equal, the second with certificate
 * and privilege of its own.
 */
export async function joinSecondController({ first, second }: ControllerPair): Promise<void> {
  await configureController(first);
  const password = newPassword();
  await writeOffline(first.home, passwordsLdif([{ dn: adminDn, password }]));
  const running: RunningController[] = [await startController(first)];
  try {
    await join({ first, second }, password);
    await configureController(second);
    await grantPrivilege(second.home, serviceAccount);
    running.push(await startController(second));
    await pullChanges({ from: second, to: first });
    await pullChanges({ from: first, to: second });
  } finally {
    for (const controller of running) await controller.stop();
  }
  for (const { home } of [first, second]) await removeSockets(home);
}

async function join({ first, second }: ControllerPair, password: string): Promise<void> {
  const { krb5Config } = controllerFiles(first.home);
  await rm(second.home, { recursive: true, force: true });
  await mkdir(second.home, { mode: 0o700 });
  await mustRun(
    'samba-tool',
    [
      'domain',
      'join',
      dnsDomain,
      'DC',
      `--server=${first.address}`,
      `--site=${site}`,
      `--username=${workgroup}\\Administrator`,
      `--targetdir=${second.home}`,
      // The domain's zones would want the first to serve DNS over RPC; nothing in the lab asks a DNS.
      '--dns-backend=NONE',
      `--option=netbios name=${second.name.toUpperCase()}`,
      `--option=interfaces=${second.address}/8`,
      '--option=bind interfaces only=yes',
    ],
    // Samba's tools take the password from PASSWD, which does not stand in the process list.
    { env: { PASSWD: password, KRB5_CONFIG: krb5Config } },
  );
}

import { join } from 'node:path';

import { requirePrograms } from '../processes';

import { ordinaryHosts } from './accounts';
import { copyProvisionedDomain } from './cache';
import { asAccount, type Account, type LdapsPlace } from './connection';
import {
  configureController,
  controllerFiles,
  controllerPackages,
  controllerPrograms,
  startController,
} from './controller';
import { passwordsLdif } from './ldif';
import {
  adminDn,
  baseDn,
  controllerName,
  realm,
  searchBases,
  serviceAccount,
  tlsName,
  userDn,
  weakAccount,
} from './names';
import { newPassword, writeOffline } from './provision';

/** A domain controller as the product's configuration names it. */
interface DirectoryServer {
  name: string;
  url: string;
  tlsName: string;
}

/** Everything another process needs to use a running practice domain; plain data, so it survives JSON. */
export interface DomainAccess extends LdapsPlace {
  /** All domain controllers; `url` and `tlsName` are the first one's. */
  directories: DirectoryServer[];
  realm: string;
  baseDn: string;
  /** Where delegations may be asked for: the OUs of hosts and file servers, and CN=Computers. */
  searchBases: string[];
  adminDn: string;
  adminPassword: string;
  /** May write msDS-AllowedToDelegateTo of computers below OU=Hyper-V, nothing else. */
  service: Account;
  /** May read only. */
  weak: Account;
  /** The ordinary hosts, short names. */
  hosts: string[];
  krb5Config: string;
  /** Holds HOST.keytab. */
  keytabDir: string;
  /** Samba's own files, for the tools that work on them beside the running server. */
  home: string;
  pids: number[];
}

export interface Domain extends DomainAccess {
  /** Ends every process of the domain; its files stay. */
  stop(): Promise<void>;
}

/** Starts the practice domain on a claimed address with new passwords, in a directory of its own. Throws if Samba is missing. */
export async function startDomain(place: { address: string; directory: string }): Promise<Domain> {
  requirePrograms(controllerPrograms, controllerPackages);
  const home = join(place.directory, controllerName);
  const controllerPlace = { name: controllerName, address: place.address, home };
  await copyProvisionedDomain(controllerPlace);
  await configureController(controllerPlace);
  const files = controllerFiles(home);
  const admin = { dn: adminDn, password: newPassword() };
  const service = { dn: userDn(serviceAccount), password: newPassword() };
  const weak = { dn: userDn(weakAccount), password: newPassword() };
  await writeOffline(home, passwordsLdif([admin, service, weak]));

  const controller = await startController(controllerPlace);
  const server = { url: `ldaps://${place.address}:636`, tlsName };
  const domain: Domain = {
    ...server,
    caFile: files.caFile,
    directories: [{ name: controllerName, ...server }],
    realm,
    baseDn,
    searchBases,
    adminDn,
    adminPassword: admin.password,
    service,
    weak,
    hosts: [...ordinaryHosts],
    krb5Config: files.krb5Config,
    keytabDir: files.keytabDir,
    home,
    pids: [controller.pid],
    stop: () => controller.stop(),
  };
  try {
    await asAccount(domain, service, () => Promise.resolve());
  } catch (error) {
    await controller.stop();
    throw error;
  }
  return domain;
}

/** The domain's administrator, for what "another administrator" does in tests and tours. */
export function administrator(domain: DomainAccess): Account {
  return { dn: domain.adminDn, password: domain.adminPassword };
}

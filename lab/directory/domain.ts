import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { requirePrograms } from '../processes';

import { ordinaryHosts } from './accounts';
import { copyProvisionedDomain, copyProvisionedPair } from './cache';
import { asAccount, type Account, type LdapsPlace } from './connection';
import {
  configureController,
  controllerFiles,
  controllerPackages,
  controllerPrograms,
  type ControllerPlace,
} from './controller';
import { switchesFor } from './controller-switches';
import { passwordsLdif } from './ldif';
import {
  adminDn,
  baseDn,
  controllerName,
  fileServerBases,
  fqdnOf,
  realm,
  searchBases,
  secondControllerName,
  serviceAccount,
  userDn,
  weakAccount,
} from './names';
import { newPassword, writeOffline } from './provision';
import { pullChanges } from './replication';

/** A domain controller as the product's configuration names it. */
interface DirectoryServer {
  name: string;
  url: string;
  tlsName: string;
}

/** Everything another process needs to use a running practice domain; plain data, so it survives JSON. */
export interface DomainAccess extends LdapsPlace {
  /** All domain controllers; `url`, `tlsName`, `home`, `krb5Config` and `keytabDir` are the first one's. */
  directories: DirectoryServer[];
  /** Where they are on this machine, in the same order. */
  controllers: ControllerPlace[];
  realm: string;
  baseDn: string;
  /** Where delegations may be asked for: the OU of hosts, and CN=Computers. */
  searchBases: string[];
  /** Where hosts may be delegated to as well, for cifs alone: the OU of file servers. */
  fileServerBases: string[];
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
  /** Ends one controller's process, as a machine that is switched off. Fine when it does not run. */
  stopController(name: string): Promise<void>;
  /** Starts it again on its own files and address: what it missed it still lacks. Fine when it runs. */
  startController(name: string): Promise<void>;
}

/** Where a practice domain is started. */
export interface DomainPlace {
  /** A claimed 127.x.y.z. */
  address: string;
  /** Another one: a second controller joins the domain. It takes a domain that was provisioned with two, so it cannot join later. */
  secondAddress?: string | undefined;
  directory: string;
}

/** Starts the practice domain on claimed addresses with new passwords, in a directory of its own. Throws if Samba is missing. */
export async function startDomain(place: DomainPlace): Promise<Domain> {
  requirePrograms(controllerPrograms, controllerPackages);
  const { first, second, all } = placesOf(place);
  await (second ? copyProvisionedPair({ first, second }) : copyProvisionedDomain(first));
  for (const controller of all) await configureController(controller);
  const admin = { dn: adminDn, password: newPassword() };
  const service = { dn: userDn(serviceAccount), password: newPassword() };
  const weak = { dn: userDn(weakAccount), password: newPassword() };
  await writeOffline(first.home, passwordsLdif([admin, service, weak]));

  const switches = switchesFor(all);
  const { url, tlsName } = serverOf(first);
  const files = controllerFiles(first.home);
  const domain: Domain = {
    url,
    tlsName,
    caFile: join(place.directory, 'domain-ca.pem'),
    directories: all.map(serverOf),
    controllers: all,
    realm,
    baseDn,
    searchBases,
    fileServerBases,
    adminDn,
    adminPassword: admin.password,
    service,
    weak,
    hosts: [...ordinaryHosts],
    krb5Config: files.krb5Config,
    keytabDir: files.keytabDir,
    home: first.home,
    get pids() {
      return switches.pids();
    },
    stop: () => switches.stopAll(),
    stopController: (name) => switches.stop(name),
    startController: (name) => switches.start(name),
  };
  try {
    await switches.startAll();
    // The passwords were written on the first.
    if (second) await pullChanges({ from: first, to: second });
    await writeFile(domain.caFile, await certificatesOf(all));
    for (const server of domain.directories) {
      await asAccount({ ...domain, ...server }, service, () => Promise.resolve());
    }
  } catch (error) {
    await domain.stop();
    throw error;
  }
  return domain;
}

/** A second controller makes both serve replication. */
function placesOf({ address, secondAddress, directory }: DomainPlace) {
  const replicates = secondAddress !== undefined;
  const placeOf = (name: string, own: string): ControllerPlace => ({
    name,
    address: own,
    home: join(directory, name),
    replicates,
  });
  const first = placeOf(controllerName, address);
  const second = replicates ? placeOf(secondControllerName, secondAddress) : null;
  return { first, second, all: second ? [first, second] : [first] };
}

function serverOf({ name, address }: ControllerPlace): DirectoryServer {
  return { name, url: `ldaps://${address}:636`, tlsName: fqdnOf(name) };
}

/** One file for all: each controller signed its certificate with a CA of its own. */
async function certificatesOf(places: readonly ControllerPlace[]): Promise<string> {
  const texts = places.map(({ home }) => readFile(controllerFiles(home).caFile, 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

/** The domain's administrator, for what "another administrator" does in tests and tours. */
export function administrator(domain: DomainAccess): Account {
  return { dn: domain.adminDn, password: domain.adminPassword };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';

import { endProcess, isRunning, labEnvironment, waitUntilReady } from '../processes';

import { dnsDomain, realm, workgroup } from './names';

/** One Samba domain controller: where its files are and which claimed 127.x.y.z it alone listens on. */
export interface ControllerPlace {
  /** NetBIOS name in lower case, also the first label of its DNS name. */
  name: string;
  address: string;
  home: string;
  /** Whether another controller may join and replicate from it; absent: it is the domain's only one. */
  replicates?: boolean;
}

export interface RunningController {
  readonly pid: number;
  isRunning(): boolean;
  stop(): Promise<void>;
}

export const controllerPrograms = [
  'samba',
  'samba-tool',
  'ldbmodify',
  'ldbadd',
  'ldbsearch',
  'kinit',
  'kvno',
];
export const controllerPackages =
  'samba samba-ad-dc samba-ad-provision samba-dsdb-modules winbind krb5-user ldb-tools';

const startTimeoutMs = 30_000;

const kdcPort = 88;
/** Where a client of MS-RPC asks for the port of the replication service (MS-RPCE 2.1.1.1). */
const endpointMapperPort = 135;

/** Paths inside a controller's home. */
export function controllerFiles(home: string) {
  return {
    smbConf: join(home, 'etc', 'smb.conf'),
    samDb: join(home, 'private', 'sam.ldb'),
    privilegeDb: join(home, 'private', 'privilege.ldb'),
    tlsCa: join(home, 'private', 'tls', 'ca.pem'),
    caFile: join(home, 'ca.pem'),
    krb5Config: join(home, 'krb5.conf'),
    keytabDir: join(home, 'keytabs'),
    log: join(home, 'log', 'samba.log'),
  };
}

/** Writes smb.conf and krb5.conf: the only files that depend on the address or the place of a provisioned domain. */
export async function configureController(place: ControllerPlace): Promise<void> {
  const files = controllerFiles(place.home);
  const run = join(place.home, 'run');
  for (const folder of ['log', 'cache', 'run/ncalrpc', 'run/winbindd', 'keytabs']) {
    await mkdir(join(place.home, folder), { recursive: true });
  }
  // Samba refuses to start with any other mode.
  await mkdir(join(run, 'ntp_signd'), { recursive: true, mode: 0o750 });
  await writeFile(files.smbConf, smbConf(place, run), { mode: 0o600 });
  await writeFile(files.krb5Config, krb5Conf([place.address]));
}

/** Starts Samba in the foreground and waits until all that it serves answers. Leaves no process behind when it throws. */
export async function startController(place: ControllerPlace): Promise<RunningController> {
  const files = controllerFiles(place.home);
  const log = openSync(files.log, 'a', 0o600);
  // A process group of its own, and a pipe as standard input: Samba ends itself and its group when the pipe closes, so it
  // never outlives its parent. One process serves all: it starts in a fraction of a second and there is nothing to be left over.
  const args = ['-s', files.smbConf, '-i', '--debug-stdout', '-M', 'single'];
  const child = spawn('samba', args, { env: labEnvironment(), detached: true, stdio: ['pipe', log, log] });
  closeSync(log);
  await once(child, 'spawn');
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= endGroup(child));
  try {
    const isReady = async (): Promise<boolean> =>
      (await isOwner(child, place.home)) && (await answers(place));
    await waitUntilReady('Samba', { child, logFile: files.log, timeoutMs: startTimeoutMs, isReady });
    await copyFile(files.tlsCa, files.caFile);
  } catch (error) {
    await stop();
    throw error;
  }
  if (child.pid === undefined) throw new Error('Samba was never started');
  return { pid: child.pid, isRunning: () => isRunning(child), stop };
}

/** Ends the server and then whatever is left of its process group. */
async function endGroup(child: ChildProcess): Promise<void> {
  await endProcess(child);
  if (child.pid === undefined || isRunning(child)) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing was left, as it should be.
  }
}

/** Only the one Samba that holds the pid file is ours: another on the same address would answer in its place. */
async function isOwner(child: ChildProcess, home: string): Promise<boolean> {
  return Number(await readFile(join(home, 'run', 'samba.pid'), 'utf8')) === child.pid;
}

async function answers({ address, replicates }: ControllerPlace): Promise<boolean> {
  const plain = (replicates ? [kdcPort, endpointMapperPort] : [kdcPort]).map((port) =>
    connectTcp(port, address),
  );
  // Only whether it serves TLS is asked here; every real connection pins the CA.
  const ldaps = connectTls({ host: address, port: 636, rejectUnauthorized: false });
  const sockets = [...plain, ldaps];
  for (const socket of sockets) {
    socket.setTimeout(2_000, () => socket.destroy(new Error(`${address} is silent`)));
    socket.on('error', () => undefined);
  }
  try {
    await Promise.all([...plain.map((socket) => once(socket, 'connect')), once(ldaps, 'secureConnect')]);
    return true;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function smbConf(place: ControllerPlace, run: string): string {
  const { home } = place;
  const settings = {
    'netbios name': place.name.toUpperCase(),
    realm,
    workgroup,
    'server role': 'active directory domain controller',
    ...services(place),
    interfaces: `${place.address}/8`,
    'bind interfaces only': 'yes',
    'disable netbios': 'yes',
    'private dir': join(home, 'private'),
    'state directory': join(home, 'state'),
    'cache directory': join(home, 'cache'),
    'lock directory': home,
    'binddns dir': join(home, 'bind-dns'),
    'pid directory': run,
    'ncalrpc dir': join(run, 'ncalrpc'),
    'winbindd socket directory': join(run, 'winbindd'),
    'ntp signd socket directory': join(run, 'ntp_signd'),
    'log file': join(home, 'log', 'samba.log'),
  };
  const lines = Object.entries(settings).map(([name, value]) => `\t${name} = ${value}`);
  return `[global]\n${lines.join('\n')}\n`;
}

/**
 * Directory and KDC only: nothing here needs shares or DNS, and each would be another listener. A controller with a partner also
 * serves the replication protocol (MS-DRSR) with the endpoint mapper that leads to it; joining takes no more. Neither runs the
 * replication service (drepl) or the topology generator (kcc): without them nothing replicates unless somebody pulls.
 */
function services({ replicates }: ControllerPlace): Record<string, string> {
  if (!replicates) return { 'server services': 'ldap, kdc' };
  return { 'server services': 'ldap, kdc, rpc', 'dcerpc endpoint servers': 'epmapper, drsuapi' };
}

/** For kinit and kvno: no DNS, the given KDCs in order, TCP at once (tickets with a PAC outgrow UDP). */
export function krb5Conf(kdcAddresses: readonly string[]): string {
  return `[libdefaults]
  default_realm = ${realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  ${realm} = {
${kdcAddresses.map((address) => `    kdc = ${address}:88\n`).join('')}  }
[domain_realm]
  .${dnsDomain} = ${realm}
  ${dnsDomain} = ${realm}
`;
}

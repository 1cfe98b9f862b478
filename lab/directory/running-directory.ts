import { join } from 'node:path';

import { systemClock } from '../../src/jobs/ports/system-clock';
import type { ConfigurationInput } from '../configuration';
import { simulatedTickets, ticketsOfKdc, type Tickets } from '../hyperv/tickets';
import { kdcRoute, noKdcRoute } from '../kdc-route';
import type { DirectoryOfLab } from '../lab-file';
import type { ExtraRoute } from '../slack/options';

import { ordinaryHosts } from './accounts';
import type { SimulatedAccess } from './directory-client';
import { directoryPath, directoryRoute } from './directory-route';
import { startDomain, type DomainAccess, type DomainPlace } from './domain';
import {
  baseDn,
  controllerName,
  fileServerBases,
  realm,
  searchBases,
  serviceAccount,
  tlsName,
  userDn,
} from './names';
import type { PracticeDirectory } from './practice-directory';
import { newPassword } from './provision';
import { replicationPath, replicationRoute } from './replication-route';
import { sambaDirectory } from './samba-directory';
import { simulateDomain, simulatedServer } from './simulated-domain';

/** What the directory worker is told: where Active Directory and its KDC are, or where the simulated directory is. */
export type DirectoryAccess = DomainAccess | SimulatedAccess;

/** The practice domain of one lab, real or simulated, with all that differs between the two. */
export interface RunningDirectory {
  readonly practice: PracticeDirectory;
  /** Who says whether a host of the fabric gets a ticket. */
  readonly tickets: Tickets;
  /** Its part of handover.yaml. */
  readonly settings: ConfigurationInput['domain'];
  /** Its control routes. */
  readonly routes: Record<string, ExtraRoute>;
  /** Its part of lab.json. */
  readonly file: DirectoryOfLab;
  readonly pids: Readonly<Record<string, number>>;
  access(lab: { url: string; labToken: string }): DirectoryAccess;
  stop(): Promise<void>;
}

/** Samba as Active Directory and KDC. */
export async function startSambaDirectory(place: DomainPlace): Promise<RunningDirectory> {
  const domain = await startDomain(place);
  const { directories, url: ldapUrl, caFile, adminDn, adminPassword, krb5Config, keytabDir, hosts } = domain;
  const admin = { adminDn, adminPassword, krb5Config, keytabDir };
  return {
    practice: sambaDirectory(domain),
    tickets: ticketsOfKdc(domain),
    settings: domain,
    routes: { 'GET /_lab/kdc': kdcRoute(domain), [`POST ${replicationPath}`]: replicationRoute(domain) },
    file: { directoryKind: 'samba', directories, ldapUrl, caFile, baseDn, realm, hosts, ...admin },
    pids: Object.fromEntries(domain.pids.map((pid, index) => [index ? `samba${index + 1}` : 'samba', pid])),
    access: () => domain,
    stop: () => domain.stop(),
  };
}

/** A directory in this process's memory, with the same hosts and rights; nothing in it proves anything. */
export function startSimulatedDirectory(place: { address: string; directory: string }): RunningDirectory {
  const { directory, practice } = simulateDomain(systemClock);
  // The settings name a domain controller because they must; nothing listens there, and nobody asks.
  const settings = {
    directories: [{ name: controllerName, url: `ldaps://${place.address}:636`, tlsName }],
    caFile: join(place.directory, 'no-ca-of-a-simulated-directory.pem'),
    service: { dn: userDn(serviceAccount), password: newPassword() },
    baseDn,
    searchBases,
    fileServerBases,
  };
  return {
    practice,
    tickets: simulatedTickets(practice),
    settings,
    routes: {
      'GET /_lab/kdc': noKdcRoute(practice),
      [`POST ${directoryPath}`]: directoryRoute(directory),
    },
    file: { directoryKind: 'simulated', baseDn, realm, hosts: [...ordinaryHosts] },
    pids: {},
    access: ({ url, labToken }) => ({ kind: 'simulated', url, labToken, server: simulatedServer }),
    stop: () => directory.close(),
  };
}

import type { Clock, Directory } from '../../src/core/ports';
import { isSameText } from '../../src/core/delegation/values';
import { openMemoryDirectory, type MemoryDirectoryOptions } from '../../src/jobs/directory/memory-directory';
import { openMemoryDomain, type MemoryDomain, type NewObject } from '../../src/jobs/directory/memory-domain';

import { accountBits, hostAttributes, practiceHosts, type PracticeHost } from './accounts';
import { labelledHosts } from './host-labels';
import { baseDn, containers, controllerName, fqdnOf, searchBases } from './names';
import type { PracticeDirectory } from './practice-directory';

/** Stands on every card and in every report that came from here. */
export const simulatedServer = `${controllerName} (simulated)`;

/** The practice domain in memory: the same hosts and decoys by the same table, and nothing that could prove anything. */
export interface SimulatedDomain {
  readonly domain: MemoryDomain;
  /** As Handover's narrow account sees it. */
  readonly directory: Directory;
  /** As the page and another administrator see it. */
  readonly practice: PracticeDirectory;
}

/** Makes the domain anew. It ends with its process. */
export function simulateDomain(clock: Pick<Clock, 'now'>): SimulatedDomain {
  const domain = openMemoryDomain();
  for (const host of practiceHosts) domain.add(simulatedHost(host));
  domain.add(domainController);
  const directory = simulatedDirectory(domain, clock);
  return { domain, directory, practice: practiceDirectory(domain) };
}

/**
 * The directory with the rights that provisioning gives the narrow account: delegation of computers below OU=Hyper-V. Tests want some
 * of it otherwise.
 */
export function simulatedDirectory(
  domain: MemoryDomain,
  clock: Pick<Clock, 'now'>,
  otherwise: Partial<Pick<MemoryDirectoryOptions, 'servers' | 'down' | 'mayWriteControl'>> = {},
): Directory {
  return openMemoryDirectory({
    domain,
    servers: [simulatedServer],
    baseDn,
    searchBases,
    writableBases: [containers.hyperV],
    clock,
    ...otherwise,
  });
}

/** A computer by the same attributes that make it on Samba. */
export function simulatedHost(host: PracticeHost): NewObject {
  const attributes = hostAttributes(host);
  const valuesOf = (type: string): readonly string[] => attributes[type] ?? [];
  return {
    dn: `CN=${host.name},${host.container}`,
    samAccountName: valuesOf('sAMAccountName')[0] ?? '',
    dnsHostName: valuesOf('dNSHostName')[0] ?? null,
    userAccountControl: Number(valuesOf('userAccountControl')[0]),
    adminCount: valuesOf('adminCount').length > 0,
    spns: valuesOf('servicePrincipalName'),
    allowedToDelegateTo: valuesOf('msDS-AllowedToDelegateTo'),
  };
}

/** As provisioning makes it: SERVER_TRUST_ACCOUNT and TRUSTED_FOR_DELEGATION, in the group of domain controllers. */
const domainController: NewObject = {
  dn: `CN=${controllerName.toUpperCase()},OU=Domain Controllers,${baseDn}`,
  samAccountName: `${controllerName.toUpperCase()}$`,
  dnsHostName: fqdnOf(controllerName),
  userAccountControl: 0x8_2000,
  primaryGroupId: 516,
  spns: [`HOST/${controllerName.toUpperCase()}`, `HOST/${fqdnOf(controllerName)}`],
};

function practiceDirectory(domain: MemoryDomain): PracticeDirectory {
  return {
    kind: 'simulated',
    hosts: labelledHosts,
    readDelegations: async () =>
      new Map(domain.objects().map((object) => [object.name, object.allowedToDelegateTo])),
    readControls: async () =>
      new Map(domain.objects().map((object) => [object.name, object.userAccountControl])),
    async editDelegation(name, edit) {
      const { guid } = computer(domain, name);
      const result = domain.change(guid, { add: edit.add ?? [], remove: edit.delete ?? [] });
      if (result !== 'changed') throw new Error(`${name} was not edited: ${reasons[result]}`);
    },
    async editTrust(name, anyProtocol) {
      const { guid, userAccountControl: before } = computer(domain, name);
      const after = anyProtocol ? before | accountBits.anyProtocol : before & ~accountBits.anyProtocol;
      domain.setControl(guid, after);
    },
    askKdc: () => Promise.resolve('not-asked'),
  };
}

function computer(domain: MemoryDomain, name: string): ReturnType<MemoryDomain['objects']>[number] {
  const host = domain.objects().find((object) => isSameText(object.name, name));
  if (!host) throw new Error(`The practice domain has no computer ${name}`);
  return host;
}

const reasons = {
  'no-object': 'it is not there (LDAP result 32)',
  'value-missing': 'a value to be deleted is not there (LDAP result 16)',
  'value-there': 'a value to be added is already there (LDAP result 20)',
} as const;

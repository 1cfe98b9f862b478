import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Client } from 'ldapts';

import { claimAddress } from '../../lab/addresses';
import { asAccount } from '../../lab/directory/connection';
import { controllerFiles } from '../../lab/directory/controller';
import { administrator, startDomain, type Domain } from '../../lab/directory/domain';
import { baseDn, fileServerBases, fqdnOf } from '../../lab/directory/names';
import { mustRun } from '../../lab/processes';
import type { Directory } from '../../src/core/ports';
import { openLdapDirectory } from '../../src/jobs/directory/ldap-directory';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { joinGroup, makePrimaryGroup } from '../support/group-membership';
import { scratchDirectory } from '../support/scratch';
import type { DeskSettings } from './desk';
import { madeObjects, memberships, tierZeroHosts, unguardedLdif, vaultGroup } from './objects';

/**
 * A practice domain of its own with every wrong target in it, since others could not work in a domain with computers that pass for
 * domain controllers, and since all of it is compared afterwards.
 */
export interface HostileDomain {
  readonly domain: Domain;
  /** The adapter with the narrow account, which could write the hosts of OU=Hyper-V. The caller closes it. */
  open(): Directory;
  /** What the worker is told: the search bases of the practice domain, and what belongs to Tier 0. */
  readonly settings: DeskSettings;
  /** Every attribute of every object of the domain, by DN, but for what the server itself notes of sign-ins. */
  snapshot(): Promise<ReadonlyMap<string, string>>;
  /** Leaves nothing behind. */
  stop(): Promise<void>;
}

/** What a sign-in changes: those that bind here are users of the domain like all others. */
const OF_SIGN_INS = [
  'lastLogon',
  'lastLogonTimestamp',
  'logonCount',
  'badPwdCount',
  'badPasswordTime',
  'uSNChanged',
  'whenChanged',
];

/** Starts the domain and makes the targets. */
export async function startHostileDomain(): Promise<HostileDomain> {
  const claim = await claimAddress();
  const directory = await scratchDirectory();
  const domain = await startDomain({ address: claim.address, directory });
  const asAdmin = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
    asAccount(domain, administrator(domain), work);
  const stop = async (): Promise<void> => {
    await domain.stop();
    await claim.release();
    await rm(directory, { recursive: true });
  };
  try {
    await asAdmin(makeTargets);
    await writeUnguarded(domain.home);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    domain,
    open: () => openNarrow(domain),
    settings: settingsOf(domain),
    snapshot: () => asAdmin(readEverything),
    stop,
  };
}

function openNarrow(domain: Domain): Directory {
  return openLdapDirectory({
    servers: domain.directories,
    ca: readFileSync(domain.caFile, 'utf8'),
    bindDn: domain.service.dn,
    password: domain.service.password,
    baseDn,
    searchBases: domain.searchBases,
    clock: systemClock,
  });
}

function settingsOf(domain: Domain): DeskSettings {
  const directory = {
    servers: domain.directories,
    caFile: domain.caFile,
    bindDn: domain.service.dn,
    passwordFile: '',
    baseDn,
    searchBases: domain.searchBases,
    fileServerBases,
  };
  return { directory, tier0: { hosts: [...tierZeroHosts, fqdnOf('hv-shed')], groups: [vaultGroup] } };
}

async function makeTargets(client: Client): Promise<void> {
  for (const { dn, attributes } of madeObjects) await client.add(dn, attributes);
  for (const { member, group, isPrimary } of memberships) {
    await joinGroup(client, member, group);
    if (isPrimary) await makePrimaryGroup(client, member, group);
  }
}

/** Straight into the file of the domain's partition, which the running server reads. */
async function writeUnguarded(home: string): Promise<void> {
  const { samDb, smbConf } = controllerFiles(home);
  const partition = join(dirname(samDb), 'sam.ldb.d', `${baseDn.toUpperCase()}.ldb`);
  await mustRun('ldbmodify', ['-H', partition], { input: unguardedLdif, env: { SMB_CONF_PATH: smbConf } });
}

async function readEverything(client: Client): Promise<ReadonlyMap<string, string>> {
  const { searchEntries } = await client.search(baseDn, { scope: 'sub', paged: true });
  return new Map(
    searchEntries.map(({ dn, ...attributes }) => {
      const kept = Object.entries(attributes).filter(([type]) => !OF_SIGN_INS.includes(type));
      return [dn, JSON.stringify(kept.toSorted(([one], [other]) => (one < other ? -1 : 1)))];
    }),
  );
}

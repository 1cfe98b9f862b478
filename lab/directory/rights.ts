import { mustRun } from '../processes';

import { controllerFiles } from './controller';
import { schemaGuids, type controlAttribute, type delegationAttribute } from './names';

/** The attributes that decide about delegation. Writing either takes the right to write it and the privilege (MS-ADTS 3.1.1.5.3.1.1). */
export type TrustedAttribute = typeof delegationAttribute | typeof controlAttribute;

/** Lets an account write these attributes of computers below a container, and nothing else. Works beside a running server. */
export async function grantWrite(
  home: string,
  account: string,
  { attributes, below }: { attributes: readonly TrustedAttribute[]; below: string },
): Promise<void> {
  const { samDb, smbConf } = controllerFiles(home);
  const sid = await sidOf(home, account);
  const rights = attributes.map((name) => `(OA;CI;WP;${schemaGuids[name]};${schemaGuids.computer};${sid})`);
  const place = [`--objectdn=${below}`, `--sddl=${rights.join('')}`];
  await mustRun('samba-tool', ['dsacl', 'set', '-H', samDb, `--configfile=${smbConf}`, ...place]);
}

/**
 * Gives an account SeEnableDelegationPrivilege on this controller: each keeps its own privileges, they do not replicate. Works beside a
 * running server, for whoever binds from then on.
 */
export async function grantPrivilege(home: string, account: string): Promise<void> {
  const { privilegeDb } = controllerFiles(home);
  const sid = await sidOf(home, account);
  // The record that "net rpc rights grant" writes, without the file server that it needs.
  const right = ['objectClass: privilege', `objectSid: ${sid}`, 'privilege: SeEnableDelegationPrivilege'];
  await mustRun('ldbadd', ['-H', privilegeDb], { input: `dn: sid=${sid}\n${right.join('\n')}\n` });
}

async function sidOf(home: string, account: string): Promise<string> {
  const { samDb } = controllerFiles(home);
  const found = await mustRun('ldbsearch', ['-H', samDb, `(sAMAccountName=${account})`, 'objectSid']);
  const sid = /^objectSid: (?<sid>S-[\d-]+)$/mu.exec(found)?.groups?.['sid'];
  if (sid === undefined) throw new Error(`${account} has no SID: ${found}`);
  return sid;
}

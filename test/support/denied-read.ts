import { mustRun } from '../../lab/processes';
import { controllerFiles } from '../../lab/directory/controller';
import { serviceAccount } from '../../lab/directory/names';
import { testDomain } from './domain';

/** schemaIDGUID of tokenGroups (MS-ADA3 2.311). */
const tokenGroups = 'b7c69e6d-2cc7-11d2-854e-00a0c983f608';

/** Denies the narrow account an object's tokenGroups, or everything of the object. Works beside the running server. */
export async function denyRead(dn: string, what: 'tokenGroups' | 'everything'): Promise<void> {
  const { samDb, smbConf } = controllerFiles(testDomain().home);
  const found = await mustRun('ldbsearch', ['-H', samDb, `(sAMAccountName=${serviceAccount})`, 'objectSid']);
  const sid = /^objectSid: (?<sid>\S+)$/mu.exec(found)?.groups?.['sid'] ?? '';
  const ace = what === 'tokenGroups' ? `(OD;;RP;${tokenGroups};;${sid})` : `(D;;RPLCLORC;;;${sid})`;
  const place = [`--objectdn=${dn}`, '--action=deny', `--sddl=${ace}`];
  await mustRun('samba-tool', ['dsacl', 'set', '-H', samDb, `--configfile=${smbConf}`, ...place]);
}

import { mustRun } from '../processes';

import { controllerFiles, type ControllerPlace } from './controller';
import { baseDn } from './names';

/**
 * Brings to one controller what the other has and it lacks, once, within about half a second (MS-DRSR 4.1.10, IDL_DRSGetNCChanges).
 * One way only, and the domain's own naming context only: schema and configuration stay as joining left them. `from` must be running;
 * `to` need not. Rejects when `from` cannot be reached or refuses.
 */
export async function pullChanges({ from, to }: Record<'from' | 'to', ControllerPlace>): Promise<void> {
  const { smbConf, krb5Config } = controllerFiles(to.home);
  await mustRun(
    'samba-tool',
    // As the pulling controller itself (-P), with the password that joining gave it: nothing secret on the command line. By address,
    // since the lab has no DNS. --local: this process writes the database, the server beside it sees the result.
    ['drs', 'replicate', to.name, from.address, baseDn, '--local', '-P', '-s', smbConf],
    { env: { KRB5_CONFIG: krb5Config } },
  );
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DomainAccess } from '../../lab/directory/domain';
import { impersonatedUser } from '../../lab/directory/names';
import { labEnvironment } from '../../lab/processes';
import type { Pair } from './job';

const run = promisify(execFile);

/**
 * The two programs by which the practice domain proves a delegation (`lab/directory/kdc.ts`), one after the other and with an empty
 * ticket cache. The delegation must stand, so that the KDC does what it did in the job. Gives milliseconds.
 */
export async function proveRaw(domain: DomainAccess, { from, to }: Pair): Promise<number> {
  const folder = await mkdtemp(join(domain.home, 'run', 'bench-'));
  const keytab = join(domain.keytabDir, `${from}.keytab`);
  const env = labEnvironment({
    KRB5_CONFIG: domain.krb5Config,
    KRB5CCNAME: `FILE:${join(folder, 'ccache')}`,
  });
  try {
    const startedAt = performance.now();
    await run('kinit', ['-f', '-k', '-t', keytab, `${from}$`], { env });
    await run('kvno', ['-k', keytab, '-U', impersonatedUser, '-P', `cifs/${to}`], { env });
    return performance.now() - startedAt;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun, runCommand } from '../processes';

import { readHost } from './delegation';
import type { DomainAccess } from './domain';
import { impersonatedUser, migrationService } from './names';
import { exportKeytab } from './provision';

/** krb5's text for KDC_ERR_BADOPTION, the KDC's answer to S4U2Proxy without delegation (MS-SFU 3.2.5.2.3). */
const refusal = "KDC can't fulfill requested option";

/**
 * Asks the KDC whether `from` may act for a user on `cifs/to`: S4U2Self, then S4U2Proxy, with `from`'s own keys and an empty
 * ticket cache. Anything but a ticket or the KDC's own refusal (KDC unreachable, unknown name, wrong key) throws.
 */
export async function askKdc(
  domain: DomainAccess,
  from: string,
  to: string,
): Promise<{ cifs: 'granted' | 'refused' }> {
  const keytab = await keytabOf(domain, from);
  // kvno answers from its cache, so each question gets its own.
  const folder = await mkdtemp(join(domain.home, 'run', 'ccache-'));
  const env = { KRB5_CONFIG: domain.krb5Config, KRB5CCNAME: `FILE:${join(folder, 'ccache')}` };
  try {
    // Forwardable (-f) matters: S4U2Proxy takes the user's ticket only if it is.
    await mustRun('kinit', ['-f', '-k', '-t', keytab, `${from}$`], { env, timeoutMs: 15_000 });
    const asked = await runCommand('kvno', ['-k', keytab, '-U', impersonatedUser, '-P', `cifs/${to}`], {
      env,
      timeoutMs: 15_000,
    });
    if (asked.code === 0) return { cifs: 'granted' };
    if (asked.stderr.includes(refusal)) return { cifs: 'refused' };
    throw new Error(`The KDC gave no verdict on ${from} -> cifs/${to}: ${asked.stderr}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Whether `from` may delegate to both names, short and FQDN, of `to`'s migration service. Read over LDAP, since Samba's KDC cannot
 * look up names with spaces.
 */
export async function readMigration(
  domain: DomainAccess,
  from: string,
  to: string,
): Promise<'present' | 'absent'> {
  const [source, destination] = await Promise.all([readHost(domain, from), readHost(domain, to)]);
  const held = new Set(source.delegation.map((value) => value.toLowerCase()));
  const wanted = [to, destination.dnsHostName].map((name) => `${migrationService}/${name}`.toLowerCase());
  return wanted.every((value) => held.has(value)) ? 'present' : 'absent';
}

/** Hosts that were added to the running domain get their keytab when it is first asked for. */
async function keytabOf(domain: DomainAccess, host: string): Promise<string> {
  const keytab = join(domain.keytabDir, `${host}.keytab`);
  return existsSync(keytab) ? keytab : exportKeytab(domain.home, host);
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../lab/processes';
import { delegationAttribute } from '../../lab/directory/names';
import { countOf, valuesOf } from './lists';
import type { Stage } from './stage';

/** The three commands of ldap-utils that would do the same, with nothing looked at in between. */
export interface RawMesh {
  /** Reads all hosts with their lists, writes all lists, reads them again; each a process. Gives milliseconds. */
  run(): Promise<number>;
}

/** Over the worker's transport and with its account: LDAPS, narrow account. The LDIF (RFC 2849) is made beforehand. */
export async function prepareRaw(stage: Stage): Promise<RawMesh> {
  const { domain, unit, hosts, directory } = stage;
  const [ldif, password] = [join(directory, 'mesh.ldif'), join(directory, 'narrow-password')];
  const records = hosts.map((host) =>
    [
      `dn: ${host.dn}`,
      'changetype: modify',
      `add: ${delegationAttribute}`,
      ...valuesOf(host, hosts).map((value) => `${delegationAttribute}: ${value}`),
      '-',
      '',
    ].join('\n'),
  );
  await writeFile(ldif, records.join('\n'));
  await writeFile(password, domain.service.password, { mode: 0o600 });
  // By address the certificate's name cannot be right, and ldap-utils cannot be told another one.
  const env = { LDAPTLS_CACERT: domain.caFile, LDAPTLS_REQCERT: 'allow' };
  const bind = ['-x', '-H', domain.url, '-D', domain.service.dn, '-y', password];
  const searching = [...bind, '-LLL', '-o', 'ldif-wrap=no', '-E', 'pr=500/noprompt', '-b', unit, '-s', 'one'];
  const wanted = ['(objectClass=computer)', delegationAttribute];
  const search = () => mustRun('ldapsearch', [...searching, ...wanted], { env });
  return {
    async run() {
      const startedAt = performance.now();
      await search();
      await mustRun('ldapmodify', [...bind, '-f', ldif], { env });
      const text = await search();
      const ms = performance.now() - startedAt;
      const there = text.split(`\n${delegationAttribute}:`).length - 1;
      if (there !== countOf(hosts.length)) throw new Error(`ldapsearch shows ${there} values`);
      return ms;
    },
  };
}

import { controllerFiles } from '../../lab/directory/controller';
import { mustRun } from '../../lab/processes';
import { countOf, valuesOf } from './lists';
import type { Stage } from './stage';

/**
 * What the mesh would take with `samba-tool delegation add-service`, which adds one value: measured on these many values and multiplied.
 * On the domain controller's own database, as that command works when nothing else is said; a bind for each would cost more.
 */
export async function addOneByOne(
  { domain, hosts }: Stage,
  { values, from }: { values: number; from: number },
): Promise<number> {
  const host = hosts[from % hosts.length];
  if (!host) throw new Error('there are no hosts');
  const { samDb, smbConf } = controllerFiles(domain.home);
  const startedAt = performance.now();
  for (const value of valuesOf(host, hosts).slice(0, values)) {
    const command = ['delegation', 'add-service', `${host.name}$`, value];
    await mustRun('samba-tool', [...command, '-H', samDb, `--configfile=${smbConf}`]);
  }
  return ((performance.now() - startedAt) / values) * countOf(hosts.length);
}

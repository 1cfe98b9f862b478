import { branchHosts, fileServer, ordinaryHosts, practiceHosts, type PracticeHost } from './accounts';
import { containers, controllerName, fqdnOf } from './names';
import type { LabelledHost } from './practice-directory';

/** Every computer of the practice domain with its label, the domain controller last. */
export const labelledHosts: readonly LabelledHost[] = [
  ...practiceHosts.map((host): LabelledHost => {
    const wrong = wrongWith(host);
    return {
      name: host.name,
      fqdn: fqdnOf(host.name),
      role: roleOf(host.name),
      ...(wrong !== undefined && { wrong }),
    };
  }),
  {
    name: controllerName,
    fqdn: fqdnOf(controllerName),
    role: 'domain-controller',
    wrong: 'Domain controller: nothing may be delegated from or to it',
  },
];

function roleOf(name: string): LabelledHost['role'] {
  const isOneOf = (names: readonly string[]): boolean => names.includes(name);
  if (isOneOf(ordinaryHosts)) return 'ordinary';
  if (isOneOf(branchHosts)) return 'branch';
  return name === fileServer ? 'file-server' : 'decoy';
}

/** Read from the traits that make the object, so that a label cannot say what the directory does not hold. */
function wrongWith(host: PracticeHost): string | undefined {
  const holder = practiceHosts.find((other) => other.explicitSpns?.includes(`cifs/${host.name}`));
  if (host.adminCount) return 'Tier 0: adminCount is set';
  if (host.disabled) return 'Its account is disabled';
  if (host.unconstrained) return 'Trusted for unconstrained delegation';
  if (holder) return `cifs/${host.name} belongs to ${holder.name}`;
  if (host.explicitSpns) return `Holds ${host.explicitSpns.join(', ')}, the name of another host`;
  if (host.delegatesTo) return `May delegate to ${host.delegatesTo.join(', ')}, which nobody owns`;
  if (host.migrationSpn === false) return 'No migration service: cifs only';
  if (host.anyProtocol === false) return 'Trusted for Kerberos only: live migration needs one more setting';
  if (host.container === containers.computers) return 'In CN=Computers: Handover’s account may not write it';
  return undefined;
}

import { baseDn, fqdnOf, userDn } from '../../../lab/directory/names';
import { builtinDn, tierZeroHosts, vaultGroup } from '../objects';
import { dnOf, from, onto, type Row } from '../row';

const controllerDn = `CN=DC1,OU=Domain Controllers,${baseDn}`;

/** Whoever can act as anyone there has the domain. */
export const controllerRows: readonly Row[] = [
  {
    target: 'the domain controller as destination',
    typed: onto('dc1'),
    code: 'destination.controller',
    says: 'dc1 is a domain controller: who can act as anyone there can take the domain.',
    remedy: 'never written',
    also: [
      onto('DC1'),
      onto(fqdnOf('dc1')),
      onto('Dc1.Mabofeng.Com.'),
      onto(controllerDn),
      onto('dc1 cifs'),
      '/delegate hyper-v01 <-> dc1',
      '/delegate hyper-v01 -> dc1 --both',
      '/delegate all -> dc1 cifs',
      '/delegate mesh hyper-v01,dc1',
      `/hv delegate hyper-v01 to ${fqdnOf('dc1')}`,
    ],
  },
  {
    target: 'the domain controller as source',
    typed: from('dc1'),
    code: 'source.controller',
    says: 'dc1 is a domain controller',
    also: [from(fqdnOf('dc1')), from(`"${controllerDn}"`)],
  },
  {
    target: 'a domain controller that was moved among the hosts',
    typed: onto(dnOf('dc9')),
    code: 'destination.controller',
    says: 'dc9 is a domain controller',
    also: [onto('dc9')],
  },
  {
    target: 'a read-only domain controller as destination',
    typed: onto(dnOf('rodc1')),
    code: 'destination.controller',
    says: 'rodc1 is a read-only domain controller',
    also: [onto(fqdnOf('rodc1'))],
  },
  {
    target: 'a read-only domain controller as source',
    typed: from('rodc2'),
    code: 'source.controller',
    says: 'rodc2 is a read-only domain controller',
  },
  {
    target: 'a computer whose primary group is Domain Controllers',
    typed: onto('hv-pg516'),
    code: 'destination.controller',
    says: 'hv-pg516 is a domain controller',
  },
  {
    target: 'a computer whose primary group is Read-only Domain Controllers',
    typed: from(fqdnOf('hv-pg521')),
    code: 'source.controller',
    says: 'hv-pg521 is a domain controller',
  },
  {
    target: 'a computer whose primary group is Enterprise Read-only Domain Controllers',
    typed: onto('hv-pg498'),
    code: 'destination.controller',
    says: 'hv-pg498 is a domain controller',
  },
];

/** Tier 0: by the directory's own mark, by its groups and by handover.yaml. */
export const tierZeroRows: readonly Row[] = [
  {
    target: 'a destination with adminCount 1',
    typed: onto('hyper-v-t0'),
    code: 'destination.tier0',
    says: 'hyper-v-t0 belongs to Tier 0: the directory protects it as an administrative account',
    remedy: 'its owner has to clear it',
    also: [onto(fqdnOf('hyper-v-t0')), onto(dnOf('hyper-v-t0'))],
  },
  {
    target: 'a source with adminCount 1',
    typed: from('hyper-v-t0'),
    code: 'source.tier0',
    says: '(adminCount is 1)',
  },
  ...tierZeroHosts.map((configured, index) => {
    const name = ['hv-crown', 'hv-vault', 'hv-keep', 'hv-safe'][index] ?? '';
    return {
      target: `a host that handover.yaml names as ${configured}`,
      typed: onto(name),
      code: 'destination.tier0',
      says: `handover.yaml names it in tier0.hosts (${configured})`,
      also: [onto(fqdnOf(name)), onto(dnOf(name))],
    };
  }),
  {
    target: 'a member of a group that handover.yaml names',
    typed: from('hv-member'),
    code: 'source.tier0',
    says: `hv-member belongs to Tier 0: it is a member of ${vaultGroup}, which handover.yaml names`,
  },
  {
    target: 'a member of a group within a group that handover.yaml names',
    typed: onto('hv-inner'),
    code: 'destination.tier0',
    says: `hv-inner belongs to Tier 0: it is a member of ${vaultGroup} (through other groups), which handover.yaml names`,
    also: ['/delegate hyper-v01 <-> hv-inner', '/delegate hyper-v01,hyper-v02 -> hyper-v03,hv-inner'],
  },
  {
    target: 'a host whose primary group handover.yaml names',
    typed: from('hv-pgvault'),
    code: 'source.tier0',
    says: `it is a member of ${vaultGroup} (its primary group), which handover.yaml names`,
  },
  {
    target: 'a host whose primary group is in a group that handover.yaml names',
    typed: onto('hv-pgcrew'),
    code: 'destination.tier0',
    says: `hv-pgcrew belongs to Tier 0: it is a member of ${vaultGroup} (through other groups)`,
  },
  {
    target: 'a host without a DNS name that handover.yaml names in full',
    typed: from('hv-shed'),
    code: 'source.tier0',
    says: `handover.yaml names it in tier0.hosts (${fqdnOf('hv-shed')})`,
    also: [from(dnOf('hv-shed'))],
  },
  {
    target: 'a member of Domain Admins',
    typed: onto('hv-admin'),
    code: 'destination.tier0',
    says: `it is a member of ${userDn('Domain Admins')}, which has power over the domain (S-1-5-21-`,
    also: [onto(fqdnOf('hv-admin')), onto(dnOf('hv-admin'))],
  },
  {
    target: 'a member of Domain Controllers',
    typed: onto('hv-stage'),
    code: 'destination.tier0',
    says: `it is a member of ${userDn('Domain Controllers')}, which has power over the domain`,
  },
  {
    target: 'a member of a group of BUILTIN',
    typed: from('hv-backup'),
    code: 'source.tier0',
    says: `it is a member of ${builtinDn('Backup Operators')}, which has power over the domain (S-1-5-32-551)`,
  },
  {
    target: 'a member of a group within a group of BUILTIN',
    typed: onto('hv-help'),
    code: 'destination.tier0',
    says: `it is a member of ${builtinDn('Account Operators')} (through other groups), which has power over the domain`,
  },
  ...[512, 518, 519, 520].map((rid) => ({
    target: `a computer whose primary group is one of administrators (${rid})`,
    typed: onto(`hv-pg${rid}`),
    code: 'destination.tier0',
    says: `its primary group is one of administrators (RID ${rid})`,
  })),
];

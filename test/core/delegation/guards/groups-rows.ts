import { baseDn, userDn } from '../../../../lab/directory/names';
import type { ComputerObject, Group } from '../../../../src/core/delegation/observation';
import { askFor, lookUp } from '../practice-domain';
import { changed, domain, type Row } from './row';

const DOMAIN = 'S-1-5-21-1-2-3';
const OTHER_DOMAIN = 'S-1-5-21-9-9-9';
const backup = userDn('Backup Hosts');
const configured = 'cn=backup hosts, cn=users,dc=mabofeng,dc=com';
const tier0 = { hosts: [], groups: ['CN=Somebody Else,DC=mabofeng,DC=com', configured] };

const domainGroup = (rid: number, name: string): Group => ({ sid: `${DOMAIN}-${rid}`, dn: userDn(name) });
const builtin = (rid: number, name: string): Group => ({
  sid: `S-1-5-32-${rid}`,
  dn: `CN=${name},CN=Builtin,${baseDn}`,
});

/** Which groups make a host one of Tier 0, and in what words. */
const powerful: readonly Group[] = [
  domainGroup(498, 'Enterprise Read-only Domain Controllers'),
  domainGroup(512, 'Domain Admins'),
  domainGroup(516, 'Domain Controllers'),
  domainGroup(518, 'Schema Admins'),
  domainGroup(519, 'Enterprise Admins'),
  domainGroup(520, 'Group Policy Creator Owners'),
  domainGroup(521, 'Read-only Domain Controllers'),
  domainGroup(526, 'Key Admins'),
  domainGroup(527, 'Enterprise Key Admins'),
  builtin(544, 'Administrators'),
  builtin(548, 'Account Operators'),
  builtin(549, 'Server Operators'),
  builtin(550, 'Print Operators'),
  builtin(551, 'Backup Operators'),
  builtin(552, 'Replicator'),
];

/** And which do not. */
export const ordinaryGroups: readonly Group[] = [
  domainGroup(515, 'Domain Computers'),
  domainGroup(517, 'Cert Publishers'),
  domainGroup(1512, 'Hyper-V Hosts'),
  domainGroup(544, 'None of BUILTIN'),
  builtin(545, 'Users'),
  builtin(512, 'None of the domain'),
  { sid: 'S-1-5-11', dn: `CN=S-1-5-11,CN=ForeignSecurityPrincipals,${baseDn}` },
  { sid: 'S-1-5-21-1-2-512', dn: userDn('Of another length') },
  { sid: `${OTHER_DOMAIN}-1512`, dn: null },
];

function row(
  title: string,
  part: Partial<ComputerObject>,
  said: { reason: string; host?: 'hyper-v01' | 'hyper-v02' },
): Row {
  const { reason, host = 'hyper-v02' } = said;
  return {
    title: `Tier 0 by ${title}`,
    input: { ...changed(host, part), tier0 },
    checks: [`${host === 'hyper-v01' ? 'source' : 'destination'}.tier0`],
    sentence: `${host} belongs to Tier 0: ${reason}.`,
    remedy: 'never written',
  };
}

const named = 'which handover.yaml names in tier0.groups';

export const groupsRows: readonly Row[] = [
  row(
    'a configured group that lists it',
    { memberOf: [backup], groups: [domainGroup(1600, 'Backup Hosts')] },
    { host: 'hyper-v01', reason: `it is a member of ${configured}, ${named}` },
  ),
  row(
    'a configured group that lists it and is none of security',
    { memberOf: [backup] },
    { reason: `it is a member of ${configured}, ${named}` },
  ),
  row(
    'a configured group that another group is in',
    { memberOf: [userDn('Crew')], groups: [domainGroup(1601, 'Crew'), domainGroup(1600, 'Backup Hosts')] },
    { reason: `it is a member of ${configured} (through other groups), ${named}` },
  ),
  row(
    'a configured group that is its primary one',
    { primaryGroupId: 1600, groups: [domainGroup(1600, 'Backup Hosts')] },
    { host: 'hyper-v01', reason: `it is a member of ${configured} (its primary group), ${named}` },
  ),
  row(
    'a configured group that its primary group is in',
    { primaryGroupId: 1601, groups: [domainGroup(1601, 'Crew'), domainGroup(1600, 'Backup Hosts')] },
    { reason: `it is a member of ${configured} (through other groups), ${named}` },
  ),
  row(
    'a primary group of administrators, however little is known of its groups',
    { primaryGroupId: 512 },
    { host: 'hyper-v01', reason: 'its primary group is one of administrators (RID 512)' },
  ),
  ...powerful.map((group) =>
    row(
      `the group ${group.dn ?? ''}`,
      { memberOf: [group.dn ?? ''], groups: [...ordinaryGroups, group] },
      { reason: `it is a member of ${group.dn}, which has power over the domain (${group.sid})` },
    ),
  ),
  row(
    'a group of administrators that another group is in',
    { groups: [domainGroup(515, 'Domain Computers'), builtin(551, 'Backup Operators')] },
    {
      host: 'hyper-v01',
      reason: `it is a member of CN=Backup Operators,CN=Builtin,${baseDn} (through other groups), which has power over the domain (S-1-5-32-551)`,
    },
  ),
  row(
    'the administrators of another domain',
    { groups: [{ sid: `${OTHER_DOMAIN}-519`, dn: null }] },
    {
      reason: `it is a member of a group of another domain, which has power over that domain (${OTHER_DOMAIN}-519)`,
    },
  ),
  {
    title: 'groups that were not read',
    input: lookUp(
      domain.map(({ groups: _groups, ...object }) => object),
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['source.tier0', 'destination.tier0'],
    sentence: 'It was not read which groups hyper-v01 is in.',
    remedy: 'report it as a bug',
  },
  {
    title: 'a group of another domain that may be a configured one',
    input: {
      ...changed('hyper-v02', { groups: [...ordinaryGroups] }),
      tier0: { hosts: [], groups: ['CN=Vault,DC=elsewhere,DC=example'] },
    },
    checks: ['destination.tier0'],
    sentence: `hyper-v02 is a member of a group of another domain (${OTHER_DOMAIN}-1512), which may be one of tier0.groups.`,
    remedy: 'only groups of this domain',
  },
];

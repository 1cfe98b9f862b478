import type { Tier0 } from '../../settings';
import { domainOf, isSameDn } from '../distinguished-name';
import type { ComputerObject, Group } from '../observation';

/**
 * Groups of a domain that have power over it (MS-DTYP 2.4.2.4): Enterprise Read-only Domain Controllers, Domain Admins, Domain
 * Controllers, Schema Admins, Enterprise Admins, Group Policy Creator Owners, Read-only Domain Controllers, Key Admins,
 * Enterprise Key Admins.
 */
const DOMAIN_GROUPS = [498, 512, 516, 518, 519, 520, 521, 526, 527];

/** Administrators, Account, Server, Print and Backup Operators, Replicator: of the domain controllers (MS-ADTS 3.1.1.6.1.2). */
const BUILTIN_GROUPS = [544, 548, 549, 550, 551, 552];

/** Domain Admins, Schema Admins, Enterprise Admins, Group Policy Creator Owners: a primary group is known without `groups`. */
const PRIMARY_GROUPS = [512, 518, 519, 520];

/** Of whatever domain: the RIDs below 1000 mean the same in each. */
const DOMAIN_SID = /^S-1-5-21-\d+-\d+-\d+-(\d+)$/;
const BUILTIN_SID = /^S-1-5-32-(\d+)$/;

/** Which group makes the object one of Tier 0, as the end of a sentence "X belongs to Tier 0: …"; null when none is known to. */
export function groupReason(object: ComputerObject, tier0: Tier0): string | null {
  const { memberOf, groups = [], primaryGroupId } = object;
  // A distribution group is in memberOf alone.
  const names = [...memberOf, ...groups.map(({ dn }) => dn ?? '')];
  const configured = tier0.groups.find((each) => names.some((name) => isSameDn(name, each)));
  if (configured !== undefined) {
    const group = groups.find(({ dn }) => dn !== null && isSameDn(dn, configured));
    return `it is a member of ${configured}${wayInto(object, group)}, which handover.yaml names in tier0.groups`;
  }
  if (PRIMARY_GROUPS.includes(primaryGroupId)) {
    return `its primary group is one of administrators (RID ${primaryGroupId})`;
  }
  const powerful = groups.find(({ sid }) => hasPower(sid));
  if (!powerful) return null;
  const { sid, dn } = powerful;
  return dn === null
    ? `it is a member of a group of another domain, which has power over that domain (${sid})`
    : `it is a member of ${dn}${wayInto(object, powerful)}, which has power over the domain (${sid})`;
}

/** A group of another domain that could be one of tier0.groups: it is known by its SID and those by their names. */
export function unnamedGroup({ dn, groups = [] }: ComputerObject, tier0: Tier0): Group | null {
  const isForeign = tier0.groups.some((each) => domainOf(each) !== domainOf(dn));
  return isForeign ? (groups.find((group) => group.dn === null) ?? null) : null;
}

function wayInto({ memberOf, primaryGroupId }: ComputerObject, group: Group | undefined): string {
  if (!group || memberOf.some((each) => group.dn !== null && isSameDn(each, group.dn))) return '';
  return ridOf(DOMAIN_SID, group.sid) === primaryGroupId ? ' (its primary group)' : ' (through other groups)';
}

function hasPower(sid: string): boolean {
  return DOMAIN_GROUPS.includes(ridOf(DOMAIN_SID, sid)) || BUILTIN_GROUPS.includes(ridOf(BUILTIN_SID, sid));
}

function ridOf(form: RegExp, sid: string): number {
  return Number(form.exec(sid)?.[1] ?? Number.NaN);
}

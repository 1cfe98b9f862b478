import { hasBit } from '../account-control';
import { isSameDn } from '../distinguished-name';
import type { ComputerObject } from '../observation';
import type { Tier0 } from '../../settings';
import { foldCase, isSameText } from '../values';
import { foundObject, type GuardInput, type Side } from './guard';

/** Accounts that have the class `computer` too, but are used by services and not by machines. */
const SERVICE_ACCOUNT_CLASSES = [
  'msDS-GroupManagedServiceAccount',
  'msDS-ManagedServiceAccount',
  'msDS-DelegatedManagedServiceAccount',
];

/** Domain Controllers, Read-only Domain Controllers, Enterprise Read-only Domain Controllers (MS-DTYP 2.4.2.4). */
const CONTROLLER_GROUPS = [516, 521, 498];

/** Domain Admins, Schema Admins, Enterprise Admins, Group Policy Creator Owners (MS-DTYP 2.4.2.4). */
const ADMIN_GROUPS = [512, 518, 519, 520];

/** What is not a member computer's account, as the end of a sentence "X is …"; null for a member computer or a controller. */
export function whatElse(object: ComputerObject): string | null {
  const classes = object.objectClasses;
  const service = SERVICE_ACCOUNT_CLASSES.find((known) => classes.some((each) => isSameText(each, known)));
  if (service !== undefined) return `a managed service account (${service})`;
  if (!classes.some((each) => isSameText(each, 'computer'))) {
    return `no computer but an object of the class ${classes.at(-1) ?? 'that could not be read'}`;
  }
  if (hasBit(object.userAccountControl, 'interdomainTrust'))
    return 'the account of a trust with another domain';
  const isMachine =
    hasBit(object.userAccountControl, 'memberComputer') ||
    hasBit(object.userAccountControl, 'domainController');
  return isMachine ? null : 'a computer object without the account type of a member computer (0x1000)';
}

/** Whether userAccountControl or the primary group make the object a domain controller, read-only ones included. */
export function isController(object: ComputerObject): boolean {
  const { userAccountControl, primaryGroupId } = object;
  return (
    hasBit(userAccountControl, 'domainController') ||
    hasBit(userAccountControl, 'readOnlyController') ||
    CONTROLLER_GROUPS.includes(primaryGroupId)
  );
}

/** Why the object belongs to Tier 0, as the end of a sentence "X belongs to Tier 0: …"; null when nothing says so. */
export function tierZeroReason(object: ComputerObject, tier0: Tier0): string | null {
  if (object.adminCount) return 'the directory protects it as an administrative account (adminCount is 1)';
  const names = [object.name, object.samAccountName, object.dnsHostName ?? object.name].map(foldCase);
  const host = tier0.hosts.find((each) => names.includes(foldCase(each)) || isSameDn(each, object.dn));
  if (host !== undefined) return `handover.yaml names it in tier0.hosts (${host})`;
  const group = tier0.groups.find((each) => object.memberOf.some((held) => isSameDn(held, each)));
  if (group !== undefined) return `it is a member of ${group}, which handover.yaml names in tier0.groups`;
  const isAdmin = ADMIN_GROUPS.includes(object.primaryGroupId);
  return isAdmin ? `its primary group is one of administrators (RID ${object.primaryGroupId})` : null;
}

/**
 * The side's object if it is a machine that a plan could ever be about. Checks of details ask about nothing else: their
 * remedies (register an SPN, widen the search bases) would be bad advice for a domain controller or Tier 0.
 */
export function machineInReach(input: GuardInput, side: Side): ComputerObject | null {
  const object = foundObject(input, side);
  if (!object || whatElse(object) !== null || isController(object)) return null;
  return tierZeroReason(object, input.tier0) === null ? object : null;
}

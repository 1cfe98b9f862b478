import { hasBit } from '../account-control';
import { domainOf, isSameDn } from '../distinguished-name';
import type { ComputerObject } from '../observation';
import type { Tier0 } from '../../settings';
import { once } from '../../once';
import { foldCase } from '../values';
import { groupReason } from './groups';
import { foundObject, type GuardInput, type Side } from './guard';

/** Accounts that have the class `computer` too, but are used by services and not by machines. */
const SERVICE_ACCOUNT_CLASSES = [
  'msDS-GroupManagedServiceAccount',
  'msDS-ManagedServiceAccount',
  'msDS-DelegatedManagedServiceAccount',
];

/** Domain Controllers, Read-only Domain Controllers, Enterprise Read-only Domain Controllers (MS-DTYP 2.4.2.4). */
const CONTROLLER_GROUPS = [516, 521, 498];

/** What is not a member computer's account, as the end of a sentence "X is …"; null for a member computer or a controller. */
export function whatElse(object: ComputerObject): string | null {
  const classes = new Set(object.objectClasses.map(foldCase));
  const service = SERVICE_ACCOUNT_CLASSES.find((known) => classes.has(foldCase(known)));
  if (service !== undefined) return `a managed service account (${service})`;
  if (!classes.has('computer')) {
    return `no computer but an object of the class ${object.objectClasses.at(-1) ?? 'that could not be read'}`;
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
  return knownReason(tier0)(object);
}

/** A host is on one side of very many pairs: its names and groups are compared once. */
const knownReason = once((tier0: Tier0) => once((object: ComputerObject) => findReason(object, tier0)));

function findReason(object: ComputerObject, tier0: Tier0): string | null {
  if (object.adminCount) return 'the directory protects it as an administrative account (adminCount is 1)';
  const { name, samAccountName, dnsHostName, dn } = object;
  // The full name is also the one that a host without dNSHostName would have.
  const names = [name, samAccountName, dnsHostName ?? name, `${name}.${domainOf(dn)}`].map(foldCase);
  const host = tier0.hosts.find((each) => names.includes(foldCase(each)) || isSameDn(each, dn));
  if (host !== undefined) return `handover.yaml names it in tier0.hosts (${host})`;
  return groupReason(object, tier0);
}

/** Whether a sAMAccountName is a plain host name and `$`, as a computer's is. Only the case of ASCII letters is free. */
export function isPlainAccount(samAccountName: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,14}\$$/.test(samAccountName);
}

/** The side's object if it is a machine, no domain controller, and nothing says that it belongs to Tier 0. */
export function memberBelowTierZero(input: GuardInput, side: Side): ComputerObject | null {
  const object = foundObject(input, side);
  return object && isInReach(input.tier0)(object) ? object : null;
}

/**
 * The side's object if it is a machine that a plan could ever be about. Checks of details ask about nothing else: their
 * remedies (register an SPN, widen the search bases) would be bad advice for a domain controller, Tier 0 or a look-alike,
 * and they write its name into command lines.
 */
export function machineInReach(input: GuardInput, side: Side): ComputerObject | null {
  const object = memberBelowTierZero(input, side);
  return object && isPlainAccount(object.samAccountName) ? object : null;
}

/** Both sides of every pair are asked about. */
const isInReach = once((tier0: Tier0) =>
  once(
    (object: ComputerObject) =>
      whatElse(object) === null && !isController(object) && tierZeroReason(object, tier0) === null,
  ),
);

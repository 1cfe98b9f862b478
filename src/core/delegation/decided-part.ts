import { z } from 'zod';

import { foundObject, type GuardInput } from './guards/guard';
import { listed } from './listing';
import type { ComputerObject } from './observation';
import type { DirectoryChange, DirectoryPart } from './plan';
import { SERVICE_CLASSES, splitSpn } from './spn';
import { foldCase, isSameList, isSameText, minusValues, unionValues } from './values';

const Values = z.array(z.string());

const Part = z.strictObject({
  changes: z.array(
    z.strictObject({
      kind: z.literal('delegation-add'),
      guid: z.string(),
      dn: z.string(),
      name: z.string(),
      attribute: z.literal('msDS-AllowedToDelegateTo'),
      before: Values,
      after: Values,
      add: Values,
      trust: z.enum(['any-protocol', 'kerberos-only']),
      owners: z.array(
        z.strictObject({
          spn: z.string(),
          guid: z.string(),
          name: z.string(),
          through: z.enum(['explicit', 'host']),
        }),
      ),
    }),
  ),
  powers: z.array(z.strictObject({ source: z.string(), destination: z.string() })),
});

/** A directory part from the ledger, or null when it has not exactly the form of one. */
export function readPart(raw: unknown): DirectoryPart | null {
  const read = Part.safeParse(raw);
  return read.success ? read.data : null;
}

/**
 * What in a decided part no facts can have led to, in one sentence: values that this ask does not ask for, another object,
 * a part at odds with itself. Null when changed facts could explain all of it.
 */
export function describeAlteration(
  { ask, observation, ...rest }: GuardInput,
  part: DirectoryPart,
): string | null {
  const [change, ...others] = part.changes;
  if (!change) return 'The approved plan contains no change.';
  if (others.length > 0) {
    const names = listed(others.map(({ name }) => name));
    return `The approved plan also changes ${names}, which was not asked for.`;
  }
  const input = { ask, observation, ...rest };
  const destination = foundObject(input, 'destination');
  const strange = change.add.filter((value) => !isAskedFor(value, ask.services, destination));
  if (strange.length > 0) return `The approved plan contains ${listed(strange)}, which was not asked for.`;
  return describeOtherObject(foundObject(input, 'source'), change) ?? describeContradiction(change, part);
}

/** An object with another objectGUID may be the same host created anew, but not when name and place differ as well. */
function describeOtherObject(source: ComputerObject | null, change: DirectoryChange): string | null {
  if (!source || isSameText(source.guid, change.guid)) return null;
  if (source.name === change.name || isSameText(source.dn, change.dn)) return null;
  return `The approved plan changes ${change.name} (${change.dn}), but ${source.name} was asked for.`;
}

function describeContradiction(change: DirectoryChange, { powers }: DirectoryPart): string | null {
  const { before, after, add, owners } = change;
  const [power] = powers;
  const [owner] = owners;
  if (add.length === 0) return 'The approved plan adds nothing.';
  if (minusValues(add, before).length < add.length || !isSameList(after, unionValues(before, add))) {
    return `The approved plan’s values before and after do not follow from what it adds to ${change.name}.`;
  }
  const owned = owners.map(({ spn }) => spn);
  if (!isSameList(owned, add)) return 'The approved plan names owners of other SPNs than it adds.';
  const isOneOwner = owners.every(({ guid, name }) => guid === owner?.guid && name === owner.name);
  if (!isOneOwner) return 'The approved plan names several objects as the owner of one host’s SPNs.';
  const isTrue = powers.length === 1 && power?.source === change.name && power.destination === owner?.name;
  return isTrue ? null : 'The approved plan’s sentence of power does not tell what it changes.';
}

/**
 * Whether the ask can have led to this value: an allowed class that it names, and the destination as the host. A DNS name
 * that begins with the destination's short name passes, since dNSHostName may have changed. An unknown destination
 * leaves only the class to judge.
 */
function isAskedFor(value: string, services: readonly string[], destination: ComputerObject | null): boolean {
  const spn = splitSpn(value);
  if (!spn) return false;
  const asked = SERVICE_CLASSES.some(
    ({ service, serviceClass }) => isSameText(serviceClass, spn.serviceClass) && services.includes(service),
  );
  if (!asked || !destination) return asked;
  const host = foldCase(spn.host);
  const isDnsName = host === foldCase(destination.dnsHostName ?? destination.name);
  return (
    isDnsName ||
    host === destination.name ||
    (/^[a-z0-9_.-]+$/.test(host) && host.startsWith(`${destination.name}.`))
  );
}

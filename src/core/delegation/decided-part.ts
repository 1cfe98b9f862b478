import { z } from 'zod';

import type { ChangeAsk } from '../commands/ask';
import { listed } from './listing';
import type { ComputerObject } from './observation';
import { askedSources, changedObject } from './observed';
import { foundByName, namesToRead, type PlanInput } from './pairs';
import {
  CHANGE_KINDS,
  type ChangeKind,
  type DirectoryChange,
  type DirectoryPart,
  type SpnOwner,
} from './plan';
import { SERVICE_CLASSES, splitSpn } from './spn';
import { foldCase, isSameList, isSameSet, isSameText, minusValues, unionValues } from './values';

const Values = z.array(z.string());

const Part = z.strictObject({
  changes: z.array(
    z.strictObject({
      kind: z.enum(CHANGE_KINDS),
      guid: z.string(),
      dn: z.string(),
      name: z.string(),
      attribute: z.literal('msDS-AllowedToDelegateTo'),
      before: Values,
      after: Values,
      add: Values,
      remove: Values,
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
export function describeAlteration(input: PlanInput<ChangeAsk>, part: DirectoryPart): string | null {
  if (part.changes.length === 0) return 'The approved plan contains no change.';
  const stranger = otherObject(input, part.changes);
  if (stranger !== null) return stranger;
  const { ask } = input;
  const kind: ChangeKind = ask.verb === 'delegate' ? 'delegation-add' : 'delegation-remove';
  if (part.changes.some((change) => change.kind !== kind)) {
    return 'The approved plan contains another kind of change than was asked for.';
  }
  if (ask.verb === 'undelegate') return first(part.changes, (change) => contradictionOfRemoval(change));
  return (
    first(part.changes, (change) => strangeValues({ ...input, ask }, change)) ??
    first(part.changes, (change) => contradictionOfAddition(change)) ??
    falsePowers(part)
  );
}

function first(
  changes: readonly DirectoryChange[],
  describe: (change: DirectoryChange) => string | null,
): string | null {
  return changes.map(describe).find((sentence) => sentence !== null) ?? null;
}

/** A change of an object that is no source of the ask, or a second one of the same. Unknown sources are the guards' matter. */
function otherObject(input: PlanInput<ChangeAsk>, changes: readonly DirectoryChange[]): string | null {
  const sources = askedSources(input);
  const seen = new Set<string>();
  const others = changes.filter((change) => {
    const object = changedObject(input, change);
    const key = object?.guid ?? change.guid;
    const isOther = seen.has(key) || (!object && sources.length > 0);
    seen.add(key);
    return isOther;
  });
  const [other] = others;
  if (!other) return null;
  const [source] = sources;
  if (changes.length === 1 && sources.length === 1 && source) {
    return `The approved plan changes ${other.name} (${other.dn}), but ${source.name} was asked for.`;
  }
  return `The approved plan also changes ${listed(others.map(({ name }) => name))}, which was not asked for.`;
}

function strangeValues(input: PlanInput, change: DirectoryChange): string | null {
  const destinations = askedDestinations(input);
  const strange = change.add.filter((value) => !isAskedFor(value, input.ask.services, destinations));
  return strange.length > 0
    ? `The approved plan contains ${listed(strange)}, which was not asked for.`
    : null;
}

/** Null as soon as one of them is unknown: then only the class of a value can be judged. */
function askedDestinations(input: PlanInput): readonly ComputerObject[] | null {
  const { destinations, all } = namesToRead(input.ask);
  const found = foundByName(input.observation);
  const objects = destinations.map((name) => {
    const [object, ...others] = found(name);
    return others.length === 0 ? object : undefined;
  });
  if (objects.includes(undefined)) return null;
  const named = objects.filter((object) => object !== undefined);
  return all ? [...named, ...input.observation.all] : named;
}

function contradictionOfAddition(change: DirectoryChange): string | null {
  const { before, after, add, remove, owners } = change;
  if (add.length === 0) return 'The approved plan adds nothing.';
  const follows =
    remove.length === 0 &&
    minusValues(add, before).length === add.length &&
    isSameList(after, unionValues(before, add));
  if (!follows) {
    return `The approved plan’s values before and after do not follow from what it adds to ${change.name}.`;
  }
  const owned = owners.map(({ spn }) => spn);
  if (!isSameList(owned, add)) return 'The approved plan names owners of other SPNs than it adds.';
  const named = new Map(owners.map(({ name, guid }) => [name, guid]));
  const isOneEach =
    owners.every(({ name, guid }) => named.get(name) === guid) &&
    new Set(named.values()).size === named.size &&
    owners.every(({ spn, name }) => hostsAlike(owners, spn).every((each) => each.name === name));
  return isOneEach ? null : 'The approved plan names several objects as the owner of one host’s SPNs.';
}

/** The owners of SPNs that name the same host, short or in full. */
function hostsAlike(owners: readonly SpnOwner[], spn: string): readonly SpnOwner[] {
  const label = (text: string): string => foldCase((splitSpn(text)?.host ?? '').split('.', 1)[0] ?? '');
  return owners.filter((owner) => label(owner.spn) === label(spn));
}

function contradictionOfRemoval({
  name,
  before,
  after,
  add,
  remove,
  owners,
}: DirectoryChange): string | null {
  if (remove.length === 0) return 'The approved plan removes nothing.';
  const follows =
    add.length === 0 &&
    owners.length === 0 &&
    minusValues(remove, before).length === 0 &&
    isSameList(after, minusValues(before, remove));
  return follows
    ? null
    : `The approved plan’s values before and after do not follow from what it removes from ${name}.`;
}

function falsePowers({ changes, powers }: DirectoryPart): string | null {
  const told = powers.map(({ source, destination }) => `${source} ${destination}`);
  const meant = changes.flatMap(({ name, owners }) => owners.map((owner) => `${name} ${owner.name}`));
  return isSameSet(told, meant) && new Set(told).size === told.length
    ? null
    : 'The approved plan’s sentence of power does not tell what it changes.';
}

/**
 * Whether the ask can have led to this value: an allowed class that it names, and one of the destinations as the host. A DNS
 * name that begins with a destination's short name passes, since dNSHostName may have changed. Unknown destinations leave
 * only the class to judge.
 */
function isAskedFor(
  value: string,
  services: readonly string[],
  destinations: readonly ComputerObject[] | null,
): boolean {
  const spn = splitSpn(value);
  if (!spn) return false;
  const asked = SERVICE_CLASSES.some(
    ({ service, serviceClass }) => isSameText(serviceClass, spn.serviceClass) && services.includes(service),
  );
  if (!asked || destinations === null) return asked;
  const host = foldCase(spn.host);
  return destinations.some(
    ({ name, dnsHostName }) =>
      host === foldCase(dnsHostName ?? name) ||
      host === name ||
      (/^[a-z0-9_.-]+$/.test(host) && host.startsWith(`${name}.`)),
  );
}

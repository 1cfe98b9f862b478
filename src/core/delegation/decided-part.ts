import type { DirectoryAsk } from '../commands/ask';
import { hasBit } from './account-control';
import { listed } from './listing';
import { askedSources, changedObject, mayBeGone } from './observed';
import type { PlanInput } from './pairs';
import { DirectoryPartSchema } from './part-schema';
import type { ChangeKind, DirectoryChange, DirectoryPart, ListChange } from './plan';
import { listChanges } from './powers';
import { hostLabelOf } from './spn';
import { strangeValues } from './strange-values';
import { withAnyProtocol } from './trust-changes';
import { foldCase, isSameSet, minusValues } from './values';

const known = new WeakSet<object>();

/** A directory part from the ledger, or null when it has not exactly the form of one. Parts are never changed: each is read once. */
export function readPart(raw: unknown): DirectoryPart | null {
  // SAFETY: only parts that have passed the schema are in the set.
  if (typeof raw === 'object' && raw !== null && known.has(raw)) return raw as DirectoryPart;
  const read = DirectoryPartSchema.safeParse(raw);
  if (!read.success) return null;
  if (typeof raw !== 'object' || raw === null || !Object.isFrozen(raw)) return read.data;
  known.add(raw);
  // SAFETY: it has just passed the schema, which changes nothing.
  return raw as DirectoryPart;
}

/** Which kinds an ask can lead to. */
const KINDS: Readonly<Record<DirectoryAsk['verb'], readonly ChangeKind[]>> = {
  delegate: ['delegation-add', 'trust-mode'],
  onboard: ['delegation-add', 'trust-mode'],
  undelegate: ['delegation-remove'],
  retire: ['delegation-remove'],
  undo: ['delegation-add', 'delegation-remove'],
};

/**
 * What in a decided part no facts can have led to, in one sentence: values that this ask does not ask for, another object,
 * a part at odds with itself. Null when changed facts could explain all of it.
 */
export function describeAlteration(input: PlanInput<DirectoryAsk>, part: DirectoryPart): string | null {
  if (part.changes.length === 0) return 'The approved plan contains no change.';
  const { ask } = input;
  const kinds = KINDS[ask.verb].filter((kind) => kind !== 'trust-mode' || !staysKerberos(ask));
  if (part.changes.some(({ kind }) => !kinds.includes(kind))) {
    return 'The approved plan contains another kind of change than was asked for.';
  }
  const forMs = ask.verb === 'delegate' ? ask.forMs : null;
  if (part.forMs !== forMs) return 'The approved plan is for another time than was asked for.';
  const stranger = otherObject(input, part.changes);
  if (stranger !== null) return stranger;
  return (
    first(listChanges(part), (change) => describeStrange(input, change)) ??
    first(part.changes, contradictionOf) ??
    contradictionOfOwners(part)
  );
}

function staysKerberos(ask: DirectoryAsk): boolean {
  return ask.verb === 'delegate' && ask.protocol === 'kerberos';
}

function describeStrange(input: PlanInput<DirectoryAsk>, change: ListChange): string | null {
  const strange = strangeValues(input, change);
  return strange.length > 0
    ? `The approved plan contains ${listed(strange)}, which was not asked for.`
    : null;
}

function first<C extends DirectoryChange>(
  changes: readonly C[],
  describe: (change: C) => string | null,
): string | null {
  return changes.map(describe).find((sentence) => sentence !== null) ?? null;
}

/** A change of an object that is no source of the ask, or a second one of the same. What may be gone since is no stranger. */
function otherObject(input: PlanInput<DirectoryAsk>, changes: readonly DirectoryChange[]): string | null {
  const sources = askedSources(input);
  const seen = new Set<string>();
  const others = changes.filter((change) => {
    const object = changedObject(input, change);
    const key = `${object?.guid ?? change.guid} ${change.attribute}`;
    const isOther = seen.has(key) || (!object && !mayBeGone(input, change));
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

function contradictionOf(change: DirectoryChange): string | null {
  const { name } = change;
  const odd = `The approved plan’s values before and after do not follow from what it does to ${name}.`;
  if (change.attribute === 'userAccountControl') {
    const isTheBit =
      change.after === withAnyProtocol(change.before) &&
      change.after !== change.before &&
      !hasBit(change.before, 'unconstrained');
    return isTheBit ? null : odd;
  }
  const { before, add, keep, remove } = change;
  if (change.kind === 'delegation-add') {
    if (add.length + keep.length === 0) return 'The approved plan adds nothing.';
    const follows =
      remove.length === 0 &&
      minusValues(add, before).length === add.length &&
      minusValues(keep, before).length === 0;
    return follows ? null : odd;
  }
  if (remove.length === 0) return 'The approved plan removes nothing.';
  return add.length + keep.length === 0 && minusValues(remove, before).length === 0 ? null : odd;
}

function contradictionOfOwners(part: DirectoryPart): string | null {
  const { destinations } = part;
  const owned = destinations.flatMap(({ spns }) => spns.map(({ spn }) => spn));
  const meant = listChanges(part).flatMap(({ add, keep }) => [...add, ...keep]);
  if (!isSameSet(owned, meant) || new Set(owned.map(foldCase)).size !== owned.length) {
    return 'The approved plan names owners of other SPNs than it adds.';
  }
  const isOneEach =
    new Set(destinations.map(({ guid }) => foldCase(guid))).size === destinations.length &&
    new Set(destinations.map(({ name }) => name)).size === destinations.length;
  const labels = destinations.flatMap(({ spns }) => [...new Set(spns.map(({ spn }) => hostLabelOf(spn)))]);
  return isOneEach && new Set(labels).size === labels.length
    ? null
    : 'The approved plan names several objects as the owner of one host’s SPNs.';
}

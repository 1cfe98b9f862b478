import { lookAt } from '../../../core/delegation/look';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Directory, Modification } from '../../../core/ports';
import { Fault, problemOf } from '../../../core/problem';
import type { AuditEntry } from '../../../core/request/audit';
import type { RequestRecord, Step } from '../../../core/request/record';
import type { Hold } from './hold-object';
import { changeKey } from './journal';
import { auditEntry, type DirectoryParts } from './parts';
import { standstill } from '../standstill';
import {
  alreadySo,
  asPlanned,
  changed,
  failed,
  overtaken,
  takenAway,
  type OutcomeDraft,
} from './step-outcome';

/** A step at the place where it is carried out, under the lease of its object. */
export interface HeldStep {
  readonly parts: DirectoryParts;
  readonly directory: Directory;
  readonly plan: Plan;
  readonly change: DirectoryChange;
  readonly hold: Pick<Hold, 'sendUntil' | 'until'>;
}

type Intent = NonNullable<Step['intent']>;

/** The intent to write, and what the audit says of it: what is wished, value for value. */
export function intentOf({ parts, change, directory }: HeldStep): {
  readonly intent: Intent;
  readonly entry: AuditEntry;
} {
  const { server } = directory;
  const wish =
    change.attribute === 'userAccountControl'
      ? { before: change.before, after: change.after }
      : { add: change.add, keep: change.keep, remove: change.remove };
  const detail = { object: change.dn, attribute: change.attribute, ...wish, server };
  const intent = { at: parts.clock.now(), worker: parts.worker, server };
  return { intent, entry: auditEntry(parts, { what: 'intent', detail }) };
}

/** What a look says, or null when the object is as before and may be written. */
export async function resolve(
  { parts, directory, change }: HeldStep,
  { hadIntent, isOurs }: { hadIntent: boolean; isOurs: boolean },
): Promise<OutcomeDraft | null> {
  const object = await directory.read(change.guid);
  const seen = lookAt(change, object);
  if (seen === 'after' && !hadIntent && isWriting(change)) {
    return alreadySo(change, await claimedByOthersOf(parts, change));
  }
  if (seen === 'after') return isWriting(change) ? asPlanned(change) : changed(change);
  if (seen === 'stale') return overtaken(change, object, hadIntent);
  return isOurs ? takenAway(change) : null;
}

/**
 * One strict modify. 'not-sent': nobody wants it any more as `record` says, or the lease is too old; a Fault says the same for other reasons.
 * 'not-known': its answer was lost and the object is as before.
 */
export async function writeStep(
  held: HeldStep,
  record: RequestRecord,
  hadIntent: boolean,
): Promise<OutcomeDraft | 'not-sent' | 'not-known'> {
  const { parts, directory, plan, change, hold } = held;
  const write = { guid: change.guid, server: directory.server };
  // Asked once more: many steps may have begun together, and somebody may have frozen everything since.
  if (await standstill(parts, parts.settings.policy, record)) return 'not-sent';
  if (!(await parts.ledger.markWrite(record, write))) return 'not-sent';
  if (parts.clock.monotonic() > hold.sendUntil) return 'not-sent';
  try {
    const answer = await directory.modify(modificationOf(change));
    if (answer === 'changed') {
      parts.wrote.add(changeKey(record, plan, change));
      return changed(change);
    }
    // Refused whole (20, 16): what is there now is somebody else's, unless an earlier try of ours came through.
    return (await resolve(held, { hadIntent, isOurs: false })) ?? 'not-known';
  } catch (error) {
    if (!(error instanceof Fault) || error.retry === 'later') throw error;
    if (error.retry === 'never') {
      return failed(problemOf(error));
    }
  }
  // A lost answer: only reading tells.
  return (await resolve(held, { hadIntent: true, isOurs: false })) ?? 'not-known';
}

/** Of what a change would have added and is there already, what other requests want: it stays for this one too, whatever becomes of theirs. */
async function claimedByOthersOf(parts: DirectoryParts, change: DirectoryChange): Promise<readonly string[]> {
  if (change.kind !== 'delegation-add') return [];
  const { guid } = change;
  const claims = await parts.ledger.claims(change.add.map((value) => ({ guid, value })));
  return change.add.filter((_, at) => (claims[at] ?? []).length > 0);
}

/** Whether a change writes anything: values that are only kept are there already. */
function isWriting(change: DirectoryChange): boolean {
  return change.attribute === 'userAccountControl' || change.add.length + change.remove.length > 0;
}

function modificationOf(change: DirectoryChange): Modification {
  const { guid, dn } = change;
  if (change.attribute === 'userAccountControl') {
    return { guid, dn, attribute: change.attribute, before: change.before, after: change.after };
  }
  // By its kind, whatever its lists hold: a removal never adds.
  const isAdding = change.kind === 'delegation-add';
  const values = { add: isAdding ? change.add : [], remove: isAdding ? [] : change.remove };
  return { guid, dn, attribute: change.attribute, ...values };
}

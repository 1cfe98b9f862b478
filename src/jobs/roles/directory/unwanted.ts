import type { DirectoryChange } from '../../../core/delegation/plan';
import type { Directory } from '../../../core/ports';
import { Fault } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { auditEntry, type DirectoryParts } from './parts';
import type { OutcomeDraft } from './step-outcome';

/** What was written, and where. */
interface Written {
  readonly change: DirectoryChange;
  readonly draft: OutcomeDraft;
  readonly directory: Directory;
}

/** Takes back what our own strict success has added for a request that does not want it any more, and raises an alarm. */
export async function undoUnwanted(
  parts: DirectoryParts,
  request: RequestRecord,
  written: Written,
): Promise<void> {
  const { added, removed, trusted, inferred } = written.draft;
  if (inferred) return;
  if (added.length > 0) await takeBack(parts, request, written);
  if (removed.length > 0 || trusted) await alarmOf(parts, request, written);
}

/** What was taken away is not given back: a power that nobody wants any more would be the worse error. A trust mode stays. */
async function alarmOf(
  parts: DirectoryParts,
  { id }: RequestRecord,
  { change, draft }: Written,
): Promise<void> {
  const detail = { object: change.dn, values: draft.removed };
  const what = draft.trusted ? 'alarm.trusted-after-end' : 'alarm.removed-after-end';
  await parts.ledger.note(id, auditEntry(parts, { what, detail }));
}

/** The alarm comes first, so that a death on the way leaves a trace; what cannot be taken back is named. */
async function takeBack(
  parts: DirectoryParts,
  { id }: RequestRecord,
  { change, draft, directory }: Written,
): Promise<void> {
  const { guid, dn } = change;
  const attribute = 'msDS-AllowedToDelegateTo';
  const note = (what: string) =>
    parts.ledger.note(id, auditEntry(parts, { what, detail: { object: dn, values: draft.added } }));
  await note('alarm.added-after-end');
  try {
    const answer = await directory.modify({ guid, dn, attribute, add: [], remove: draft.added });
    await note(answer === 'changed' ? 'alarm.taken-back' : 'alarm.not-taken-back');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await note('alarm.not-taken-back');
  }
}

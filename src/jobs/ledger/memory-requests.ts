import type { Ledger } from '../../core/ports';
import { awaitsReview } from '../../core/request/break-glass';
import { newRecord } from '../../core/request/new-record';
import { changedObjects } from './changed-objects';
import { expiringKeys } from './expiring-keys';
import { append, begin, readKept, type Shelf } from './memory-shelf';
import { outcomeMarks } from './outcome-marks';
import { writeDown } from './stored-record';
import { INTAKE_KEY_LIFE_S, intakeEntry, transit, unlabelled } from './transition';

type Requests = Pick<
  Ledger,
  | 'commit'
  | 'findByLabel'
  | 'markWrite'
  | 'openRequests'
  | 'recordedUnder'
  | 'read'
  | 'recordIntake'
  | 'recordReversal'
  | 'toReview'
>;

/** Requests in memory. Between looking and writing nothing is waited for, as within a script. */
export function memoryRequests(shelf: Shelf): Requests {
  const { clock, requests, open, unreported, plans } = shelf;
  const intakes = expiringKeys(clock, INTAKE_KEY_LIFE_S);
  return {
    async recordIntake(intake, { key, card, parent = null }) {
      const { id } = intake.statement;
      const known = intakes.get(key) ?? (requests.has(id) ? id : null);
      const written = writeDown(unlabelled(newRecord(intake, card, parent)), plans);
      intakes.add(key, known ?? id);
      if (known === null) begin(shelf, written, intakeEntry(intake.statement));
      // What was just kept, or another request that stands for it, is there: nothing is ever removed.
      return { record: (await readKept(shelf, known ?? id)) ?? written.record, isNew: known === null };
    },
    async recordReversal(reversal, entry) {
      const written = writeDown(unlabelled(reversal), plans);
      if (!requests.has(reversal.id)) begin(shelf, written, entry);
      return (await readKept(shelf, reversal.id)) ?? written.record;
    },
    read: (id) => readKept(shelf, id),
    async markWrite({ id, state, rev }, write) {
      const kept = requests.get(id);
      if (kept?.state !== state || kept.rev !== rev) return false;
      shelf.marks.markWrite(write);
      return true;
    },
    async recordedUnder(key) {
      const id = intakes.get(key);
      return id === null ? null : readKept(shelf, id);
    },
    async findByLabel(label) {
      const found = [...requests].find(([, kept]) => kept.label === label);
      return found ? readKept(shelf, found[0]) : null;
    },
    async commit(seen, change, entry) {
      const { record, text, shelved } = writeDown(transit(seen, change, entry), plans);
      const { id, state } = record;
      const kept = requests.get(id);
      if (!kept || kept.rev !== seen.rev || kept.state !== seen.state) return null;
      for (const each of [entry].flat()) append(shelf, id, each);
      const since = state === kept.state ? kept.since : clock.now();
      requests.set(id, { label: kept.label, state, rev: kept.rev + 1, since, text });
      if (shelved && shelved.text !== null) shelf.planTexts.set(shelved.digest, shelved.text);
      if (record.ending) open.delete(id);
      else open.set(id, open.get(id) ?? clock.now());
      if (awaitsReview(record)) shelf.toReview.add(id);
      else shelf.toReview.delete(id);
      unreported.add(id);
      shelf.marks.mark(outcomeMarks(seen, record), record);
      shelf.marks.change(changedObjects(seen, record), record.label);
      return readKept(shelf, id);
    },
    openRequests: async (by = Number.POSITIVE_INFINITY) =>
      [...open].filter(([, began]) => began <= by).map(([id]) => id),
    toReview: async () => [...shelf.toReview],
  };
}

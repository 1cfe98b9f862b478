import { STREAM_START } from '../../src/core/audit/stream';
import { planOf } from '../support/request-record';
import { asked, ended, entry, nextId, type LedgerStage } from './ledger-stage';

const kept = { place: 'host:/file', at: 7 };

/** How requests and records leave the ledger. */
export function archiveSuite(stage: LedgerStage): void {
  const { record, commit } = stage;

  describe('archiving', () => {
    it('takes a request with all that is its own, once, and remembers where it is', async () => {
      const { ledger } = stage;
      const made = await record();
      const planned = await commit(made, { state: 'waiting', plan: planOf(made.intake.statement) });
      const over = await commit(planned, ended);
      await ledger.setDelivered(over.id, 'card', { channel: 'C1', ts: '1', digest: 'd' });
      await ledger.markReported(over.id, over.rev);
      const stream = await ledger.auditStream(STREAM_START, 100_000);
      expect(await ledger.archived(over.label)).toBeNull();
      expect(await ledger.archive(over, kept)).toBe(true);
      expect(await ledger.archive(over, kept)).toBe(false);
      const where = { id: over.id, label: over.label, ...kept, ...over.audit };
      expect(await ledger.archived(over.label)).toEqual(where);
      expect((await ledger.allArchived()).get(over.id)).toEqual(where);
      expect([await ledger.read(over.id), await ledger.findByLabel(over.label)]).toEqual([null, null]);
      expect(await ledger.audit(over.id)).toEqual([]);
      expect((await ledger.delivered(over.id)).size).toBe(0);
      expect((await ledger.requestIds()).has(over.label)).toBe(false);
      expect(await ledger.auditStream(STREAM_START, 100_000)).toEqual(stream);
      expect((await record()).label).not.toBe(over.label);
    });

    it('takes none that is open, not told, or has moved on', async () => {
      const { ledger } = stage;
      const open = await record();
      await ledger.markReported(open.id, open.rev);
      expect(await ledger.archive(open, kept)).toBe(false);
      const over = await commit(await record(), ended);
      expect(await ledger.archive(over, kept)).toBe(false);
      await ledger.markReported(over.id, over.rev);
      await ledger.note(over.id, entry);
      expect(await ledger.archive(over, kept)).toBe(false);
      const now = await ledger.read(over.id);
      expect(now && (await ledger.archive(now, kept))).toBe(true);
    });

    it('takes plans that no request names any more, and no other', async () => {
      const { ledger } = stage;
      const statement = asked(nextId());
      const made = await record(statement);
      const first = await commit(made, { state: 'waiting', plan: planOf(statement) });
      const failed = await commit(first, { plan: planOf(statement, { number: 2 }) });
      expect(await ledger.trimPlans()).toBeGreaterThan(0);
      expect(await ledger.trimPlans()).toBe(0);
      expect((await stage.each(1).read(failed.id))?.plan?.number).toBe(2);
    });

    it('trims the stream up to a position and remembers it', async () => {
      const { ledger } = stage;
      await ledger.note('', entry);
      await ledger.note('', entry);
      const all = await ledger.auditStream(STREAM_START, 100_000);
      const to = all.at(-2)?.position ?? '';
      await ledger.trimStream(to);
      expect(await ledger.trimmedTo()).toBe(to);
      expect(await ledger.auditStream(STREAM_START, 100_000)).toEqual(all.slice(-1));
    });
  });
}

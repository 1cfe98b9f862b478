import { newReversal } from '../../src/core/request/new-record';
import { NOW, planOf, signed } from '../support/request-record';
import { asked, card, entry, nextId, times, type LedgerStage } from './ledger-stage';

/** How requests begin. */
export function beginningSuite(stage: LedgerStage): void {
  const { each, record, commit } = stage;

  describe('recording an intake', () => {
    it('gives it a label, an open and unreported request, and a chain', async () => {
      const before = await stage.ledger.time();
      const made = await record();
      expect(made).toMatchObject({ state: 'planning', rev: 0, card, audit: { seq: 1 } });
      expect(made.label).toMatch(/^R-\d{4,}$/);
      expect(made.since).toBeGreaterThanOrEqual(before);
      expect(await stage.ledger.read(made.id)).toEqual(made);
      expect(await stage.ledger.findByLabel(made.label)).toEqual(made);
      expect(await stage.ledger.openRequests()).toContain(made.id);
      expect(await stage.ledger.unreported()).toContain(made.id);
      const chain = await stage.ledger.audit(made.id);
      expect(chain.map((link) => [link.what, link.who])).toEqual([['intake', '-/T1/U0REQUESTER']]);
      expect(chain[0]?.hash).toBe(made.audit.head);
    });

    it('tells which open requests had begun by a time, whatever happened to them since', async () => {
      const made = await record();
      const began = made.since;
      await commit(made, { state: 'waiting', plan: planOf(made.intake.statement) });
      expect(await stage.ledger.openRequests(began)).toContain(made.id);
      expect(await stage.ledger.openRequests(began - 1)).not.toContain(made.id);
    });

    it('counts labels up without a gap', async () => {
      const made = [await record(), await record(), await record()];
      const numbers = made.map(({ label }) => Number(label.slice(2)));
      const [first = Number.NaN] = numbers;
      expect(numbers).toEqual([first, first + 1, first + 2]);
      expect(first).toBeGreaterThan(1000);
    });

    it('makes one request of fifty deliveries of one key at the same time', async () => {
      const open = (await stage.ledger.openRequests()).length;
      const answers = await Promise.all(
        times(50, (at) => each(at).recordIntake(signed(asked()), { key: 'fifty', card })),
      );
      expect(answers.filter((answer) => answer.isNew)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.record.id)).size).toBe(1);
      expect(await stage.ledger.openRequests()).toHaveLength(open + 1);
    });

    it('gives the request as it is by now when the key comes again', async () => {
      const statement = asked();
      const now = await commit(await record(statement), { attempt: 3 });
      const again = await stage.ledger.recordIntake(signed(statement), { key: statement.id, card });
      expect(again).toEqual({ record: now, isNew: false });
      expect(await stage.under.others[0].recordedUnder(statement.id)).toEqual(now);
      expect(await stage.ledger.recordedUnder('never')).toBeNull();
    });

    it('never begins a request anew, even under another key', async () => {
      const statement = asked();
      const now = await commit(await record(statement), { attempt: 3 });
      const again = await stage.ledger.recordIntake(signed(statement), { key: `${statement.id}-2`, card });
      expect(again).toEqual({ record: now, isNew: false });
    });

    it('knows nothing of what was never recorded', async () => {
      expect([await stage.ledger.read(nextId()), await stage.ledger.findByLabel('R-1')]).toEqual([
        null,
        null,
      ]);
      expect(await stage.ledger.audit(nextId())).toEqual([]);
      expect(
        await stage.ledger.commit({ ...(await record()), id: nextId() }, { attempt: 1 }, entry),
      ).toBeNull();
    });
  });

  describe('recording a child', () => {
    it('keeps whose it is', async () => {
      const { id, label } = await record();
      const statement = asked();
      const options = { key: statement.id, card, parent: { id, label } };
      const { record: made } = await stage.ledger.recordIntake(signed(statement), options);
      expect(made.parent).toEqual({ id, label });
      expect(await stage.ledger.read(statement.id)).toEqual(made);
      expect((await record()).parent).toBeNull();
    });
  });

  describe('recording a reversal', () => {
    const reversalOf = async () => {
      const parent = await commit(await record(), { attempt: 2 });
      return { parent, reversal: newReversal(parent, NOW + 5) };
    };
    const due = { ...entry, what: 'reversal', detail: { due: NOW + 5 } };

    it('gives it an id and a label of its own, an open and unreported request, and a chain', async () => {
      const { parent, reversal } = await reversalOf();
      const before = await stage.ledger.time();
      const made = await stage.ledger.recordReversal(reversal, due);
      expect(made).toMatchObject({
        id: reversal.id,
        label: `R-${Number(parent.label.slice(2)) + 1}`,
        rev: 0,
        state: 'approved',
        parent: { id: parent.id, label: parent.label },
        reverses: { due: NOW + 5, warned: false },
        audit: { seq: 1 },
      });
      expect(made.intake).toEqual(parent.intake);
      expect(made.since).toBeGreaterThanOrEqual(before);
      expect(await stage.under.others[0].read(reversal.id)).toEqual(made);
      expect(await stage.ledger.findByLabel(made.label)).toEqual(made);
      expect(await stage.ledger.openRequests()).toContain(made.id);
      expect(await stage.ledger.unreported()).toContain(made.id);
      const chain = await stage.ledger.audit(made.id);
      expect([chain.map(({ what }) => what), chain[0]?.hash]).toEqual([['reversal'], made.audit.head]);
      expect(await stage.ledger.read(parent.id)).toEqual(parent);
    });

    it('makes one of fifty that are recorded at the same time', async () => {
      const { reversal } = await reversalOf();
      const open = (await stage.ledger.openRequests()).length;
      const made = await Promise.all(times(50, (at) => each(at).recordReversal(reversal, due)));
      expect(new Set(made.map(({ label }) => label)).size).toBe(1);
      expect(await stage.ledger.openRequests()).toHaveLength(open + 1);
      expect(await stage.ledger.audit(reversal.id)).toHaveLength(1);
      expect((await record()).label).toBe(`R-${Number(made[0]?.label.slice(2)) + 1}`);
    });

    it('gives it as it is by now when it comes again', async () => {
      const { parent, reversal } = await reversalOf();
      const now = await commit(await stage.ledger.recordReversal(reversal, due), { state: 'running' });
      expect(await stage.ledger.recordReversal(newReversal(parent, NOW + 9), entry)).toEqual(now);
    });

    it('refuses one that has a plan already', async () => {
      const { reversal } = await reversalOf();
      const plan = planOf(reversal.intake.statement);
      await expect(stage.ledger.recordReversal({ ...reversal, plan }, due)).rejects.toThrow('without plan');
      expect(await stage.ledger.read(reversal.id)).toBeNull();
    });
  });
}

import type { Plan } from '../../src/core/delegation/plan';
import type { RequestRecord } from '../../src/core/request/record';
import { planOf } from '../support/request-record';
import { guid, listStep, partOf, trustStep } from './ledger-journal';
import { entry, nextId, times, type LedgerStage } from './ledger-stage';

const add = ['cifs/a', 'cifs/b'];

/** How plans are kept apart from their records, and what that changes for nobody. */
export function planSuite(stage: LedgerStage): void {
  const { record, commit } = stage;
  const planned = async (part = partOf({ guid, add }), number = 1): Promise<RequestRecord> => {
    const made = await record();
    const plan = planOf(made.intake.statement, { directory: part, number });
    return commit(made, { state: 'waiting', plan });
  };
  const readPlan = async (id: string, ledger = stage.ledger) => (await ledger.read(id))?.plan;

  describe('a plan', () => {
    it('is read as it was recorded, by whoever reads it', async () => {
      const made = await record();
      const plan = planOf(made.intake.statement, { directory: partOf({ guid, add }) });
      const seen = await commit(made, { state: 'waiting', plan });
      expect(seen.plan).toEqual(plan);
      expect(await stage.ledger.read(made.id)).toEqual(seen);
      expect(await stage.under.others[0].read(made.id)).toEqual(seen);
    });

    it('is one object for all who read it from one ledger, however often the record changes', async () => {
      const { id, plan } = await planned();
      for (const ledger of [stage.ledger, stage.under.others[0]]) {
        const [one, other] = await Promise.all([ledger.read(id), ledger.read(id)]);
        if (!one) throw new Error('the record is gone');
        expect(other?.plan).toBe(one.plan);
        expect((await ledger.commit(one, { attempt: one.attempt + 1 }, entry))?.plan).toBe(one.plan);
        expect(await readPlan(id, ledger)).toBe(one.plan);
      }
      expect(await readPlan(id)).toBe(plan);
    });

    it('is one object for all requests with the same plan', async () => {
      const [made, other] = [await planned(), await record()];
      const copy = structuredClone(made.plan);
      expect((await commit(other, { state: 'waiting', plan: copy })).plan).toBe(made.plan);
    });

    it('can be changed by nobody: neither what was given out nor what was handed in', async () => {
      const made = await record();
      const plan = planOf(made.intake.statement, { directory: partOf({ guid, add }) });
      const seen = await commit(made, { state: 'waiting', plan });
      Object.assign(plan.directory.changes[0] ?? {}, { add: ['cifs/evil'] });
      expect((await stage.ledger.read(made.id))?.plan).toEqual(seen.plan);
      const [change] = seen.plan?.directory.changes ?? [];
      for (const part of [seen.plan, seen.plan?.directory.changes, change, Object.values(change ?? {})[6]]) {
        expect(Object.isFrozen(part)).toBe(true);
      }
    });

    it('gives way to the next one, and to none', async () => {
      const seen = await planned();
      const next = planOf(seen.intake.statement, { directory: partOf({ guid, add: [] }), number: 2 });
      const again = await commit(seen, { plan: next });
      expect(again.plan).toEqual(next);
      expect(await readPlan(seen.id, stage.under.others[0])).toEqual(next);
      expect((await commit(again, { plan: null })).plan).toBeNull();
      expect(await readPlan(seen.id)).toBeNull();
    });

    it('is the winner’s when two record one', async () => {
      const made = await record();
      const tries = times(8, (at) =>
        stage
          .each(at)
          .commit(
            made,
            { plan: planOf(made.intake.statement, { number: at, directory: partOf({ guid, add }) }) },
            entry,
          ),
      );
      const [won, ...rest] = (await Promise.all(tries)).filter((one) => one !== null);
      expect([won?.rev, rest]).toEqual([1, []]);
      for (const ledger of [stage.ledger, ...stage.under.others]) {
        expect(await readPlan(made.id, ledger)).toEqual(won?.plan);
      }
    });

    it('is right among more plans than a process remembers', async () => {
      const made: RequestRecord[] = [];
      for (let number = 1; number <= 70; number += 1) made.push(await planned(partOf({ guid, add }), number));
      const read = await Promise.all(made.map(({ id }) => readPlan(id)));
      expect(read.map((plan) => plan?.number)).toEqual(times(70, (at) => at + 1));
      expect(read).toEqual(made.map(({ plan }) => plan));
    });

    it('is refused when it could not be read back', async () => {
      const seen = await planned();
      const plan = { ...seen.plan, verdicts: 'none' } as unknown as Plan;
      await expect(commit(seen, { plan })).rejects.toThrow('read back: plan.verdicts');
      expect(await stage.ledger.read(seen.id)).toEqual(seen);
    });
  });

  describe('what was carried out', () => {
    const parts = partOf(
      { guid, add, keep: ['cifs/k'] },
      { guid: nextId(), kind: 'delegation-remove', remove: ['cifs/r'] },
    );
    const other = parts.changes[1]?.guid ?? '';

    it('as planned is told with every value', async () => {
      const seen = await planned(parts);
      const steps = [
        listStep({ added: add, kept: ['cifs/k'] }),
        listStep({ removed: ['cifs/r'] }, { guid: other }),
      ];
      const now = await commit(seen, { steps });
      expect(now.steps).toEqual(steps);
      expect((await stage.under.others[0].read(seen.id))?.steps).toEqual(steps);
    });

    it('otherwise is told as it was', async () => {
      const seen = await planned(parts);
      const steps = [
        listStep({ added: ['cifs/A', 'cifs/b'], kept: [] }),
        listStep({ removed: ['cifs/r'] }),
        listStep({ added: add }, { guid: other }),
        trustStep({ added: add }),
      ];
      expect((await commit(seen, { steps })).steps).toEqual(steps);
      expect((await stage.under.others[0].read(seen.id))?.steps).toEqual(steps);
    });

    it('stays what it was when another plan is made', async () => {
      const seen = await planned(parts);
      const steps = [listStep({ added: add })];
      const begun = await commit(seen, { steps });
      const next = planOf(seen.intake.statement, { directory: partOf({ guid, add: ['cifs/c'] }), number: 2 });
      expect((await commit(begun, { plan: next })).steps).toEqual(steps);
      expect((await stage.under.others[0].read(seen.id))?.steps).toEqual(steps);
    });
  });
}

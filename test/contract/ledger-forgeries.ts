import type { RequestRecord } from '../../src/core/request/record';
import { PLANNED } from '../../src/core/request/record-schema';
import { planOf } from '../support/request-record';
import { guid, listStep, partOf } from './ledger-journal';
import { ended, entry, type LedgerStage } from './ledger-stage';

/** What forged records come to. */
export function forgerySuite(stage: LedgerStage): void {
  const { record, commit } = stage;

  describe('somebody who writes Redis', () => {
    const forgeries = {
      'no JSON': () => '{not json',
      nothing: () => 'null',
      'no object': () => '"x"',
      'an empty object': () => '{}',
      'another kind of intake': (made: RequestRecord) =>
        JSON.stringify({ ...made, intake: { ...made.intake, statement: { kind: 'decision' } } }),
      'a fraction': (made: RequestRecord) => JSON.stringify({ ...made, attempt: 0.5 }),
      'a number beyond what is safe': (made: RequestRecord) => JSON.stringify({ ...made, attempt: 2 ** 60 }),
      'a field too many': (made: RequestRecord) => JSON.stringify({ ...made, admin: true }),
      'a plan that is none': (made: RequestRecord) => JSON.stringify({ ...made, plan: { number: 1 } }),
      'a plan that nobody has': (made: RequestRecord) => JSON.stringify({ ...made, plan: 'f'.repeat(64) }),
      'a name that no plan can have': (made: RequestRecord) =>
        JSON.stringify({ ...made, plan: 'constructor' }),
      'planned values without a plan': (made: RequestRecord) =>
        JSON.stringify({ ...made, steps: [listStep({ added: PLANNED as never })] }),
      'planned values of another object': (made: RequestRecord) =>
        JSON.stringify({
          ...made,
          plan: planOf(made.intake.statement, { directory: partOf({ guid: 'other', add: ['cifs/x'] }) }),
          steps: [listStep({ added: PLANNED as never })],
        }),
      'a list that is another word': (made: RequestRecord) =>
        JSON.stringify({ ...made, steps: [listStep({ removed: 'all' as never })] }),
      'a prototype': (made: RequestRecord) =>
        JSON.stringify(made).replace('{', '{"__proto__": {"ending": null}, '),
    };

    it.each(Object.entries(forgeries))('cannot crash a reader with %s', async (_, forge) => {
      const made = await record();
      const { label, rev, state, since, audit, ...inside } = made;
      await stage.under.forge(made.id, forge(inside as RequestRecord));
      const fault = { name: 'Fault', code: 'ledger.malformed', retry: 'never' };
      await expect(stage.ledger.read(made.id)).rejects.toMatchObject(fault);
      await expect(stage.ledger.findByLabel(label)).rejects.toMatchObject(fault);
      expect([rev, state, since > 0, audit.seq]).toEqual([0, 'planning', true, 1]);
    });

    it('leaves all other requests as they were', async () => {
      const [first, spoilt, last] = [await record(), await record(), await record()];
      await stage.under.forge(spoilt.id, 'x');
      const ids = await stage.ledger.openRequests();
      expect(ids).toEqual(expect.arrayContaining([first.id, spoilt.id, last.id]));
      expect((await stage.ledger.read(first.id))?.label).toBe(first.label);
      expect((await commit(last, ended)).rev).toBe(1);
      await stage.ledger.note(spoilt.id, { ...entry, what: 'malformed' });
      expect((await stage.ledger.audit(spoilt.id)).at(-1)?.what).toBe('malformed');
    });

    it('cannot give a request another one’s id', async () => {
      const [one, other] = [await record(), await record()];
      const { label: _, rev: __, state: ___, since: ____, audit: _____, ...inside } = other;
      await stage.under.forge(one.id, JSON.stringify(inside));
      const now = await stage.ledger.read(one.id);
      expect([now?.id, now?.label, now?.intake.statement.id]).toEqual([one.id, one.label, other.id]);
    });

    it('is read with a whole plan in the record, which is kept apart by the next transition', async () => {
      const made = await record();
      const plan = planOf(made.intake.statement, { directory: partOf({ guid, add: ['cifs/x'] }) });
      const { label: _, rev: __, state: ___, since: ____, audit: _____, ...inside } = made;
      const steps = [listStep({ added: PLANNED as never })];
      await stage.under.forge(made.id, JSON.stringify({ ...inside, plan, steps }));
      const read = await stage.ledger.read(made.id);
      if (!read) throw new Error('the record is gone');
      expect(read).toEqual({ ...made, plan, steps: [listStep({ added: ['cifs/x'] })] });
      const next = await commit(read, { attempt: 1 });
      expect(next.plan).toEqual(plan);
      expect(await stage.under.others[0].read(made.id)).toEqual(next);
    });
  });
}

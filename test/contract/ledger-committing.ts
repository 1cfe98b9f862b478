import { brokenLink } from '../../src/core/request/audit';
import { approvedRecord, approver, NOW, planOf, signed } from '../support/request-record';
import { guid, listStep, partOf, trustStep } from './ledger-journal';
import { card, ended, entry, nextId, times, type LedgerStage } from './ledger-stage';

/** What a transition does and refuses. */
export function committingSuite(stage: LedgerStage): void {
  const { each, record, commit } = stage;

  describe('committing', () => {
    it('lets exactly one of 64 writers win each revision, and keeps the chain', async () => {
      const made = await record();
      const won = [made];
      for (let round = 0; round < 5; round += 1) {
        const seen = won.at(-1) ?? made;
        const tries = times(64, (at) => each(at).commit(seen, { attempt: at }, { ...entry, at }));
        won.push(...(await Promise.all(tries)).flatMap((one) => one ?? []));
        expect(won).toHaveLength(round + 2);
      }
      expect(await stage.ledger.read(made.id)).toEqual(won.at(-1));
      const chain = await stage.ledger.audit(made.id);
      expect(chain.map((link) => link.seq)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(chain.slice(1).map((link) => link.at)).toEqual(won.slice(1).map((one) => one.attempt));
      expect(brokenLink(chain)).toBeNull();
    });

    it('records several things that one transition is, in their order, and all or none', async () => {
      const made = await record();
      const happened = [
        { ...entry, what: 'ended' },
        { ...entry, what: 'began' },
      ] as const;
      const now = await stage.ledger.commit(made, { attempt: 1 }, happened);
      expect(now).toMatchObject({ rev: 1, audit: { seq: 3 } });
      expect(await stage.ledger.commit(made, { attempt: 2 }, happened)).toBeNull();
      const chain = await stage.ledger.audit(made.id);
      expect(chain.map(({ what }) => what)).toEqual(['intake', 'ended', 'began']);
      expect(brokenLink(chain)).toBeNull();
      expect(chain.at(-1)?.hash).toBe(now?.audit.head);
      expect(await stage.ledger.read(made.id)).toEqual(now);
    });

    it('keeps everything that a record can hold', async () => {
      const full = approvedRecord();
      const made = await record();
      const waiting = await commit(made, {
        state: 'waiting',
        plan: planOf(made.intake.statement, { directory: partOf({ guid, add: ['cifs/x'] }) }),
      });
      const problem = { code: 'a.b', summary: '“x” → y', remedy: '' };
      const outcome = { inferred: true, added: ['cifs/x'], kept: ['cifs/y'], trusted: true, problem };
      const now = await commit(waiting, {
        state: 'approved',
        decisions: full.decisions,
        voided: [{ plan: 1, sentence: 's', at: NOW }],
        steps: [
          listStep(outcome, { intent: { at: NOW, worker: 'w', server: 'dc1' } }),
          trustStep({ kind: 'by-hand' }),
        ],
        until: NOW + 1,
        parent: { id: 'p', label: 'R-1' },
        reverses: { plan: 1, due: NOW, warned: true },
        proof: { level: 'proved', converged: 1, servers: 1, checks: [], note: '' },
        trouble: problem,
      });
      expect(now.decisions).toEqual(full.decisions);
      expect(await stage.ledger.read(made.id)).toEqual(now);
    });

    it('keeps the time of the last transition to another state', async () => {
      const made = await record();
      await stage.under.pass(20);
      const same = await commit(made, { attempt: 1 });
      expect(same.since).toBe(made.since);
      const other = await commit(same, { state: 'refused' });
      expect(other.since).toBeGreaterThan(made.since);
      expect((await stage.ledger.read(made.id))?.since).toBe(other.since);
    });

    it('refuses an arrow that the state table has not', async () => {
      const made = await record();
      await expect(stage.ledger.commit(made, { state: 'done' }, entry)).rejects.toThrow('state table');
      expect(await stage.ledger.read(made.id)).toEqual(made);
    });

    it('refuses any change after the end, and takes the request from the open ones', async () => {
      const made = await record();
      const over = await commit(made, ended);
      expect(await stage.ledger.openRequests()).not.toContain(made.id);
      await expect(stage.ledger.commit(over, { attempt: 1 }, entry)).rejects.toThrow('has not ended');
      expect(await stage.ledger.commit(made, { attempt: 1 }, entry)).toBeNull();
      expect(await stage.ledger.openRequests()).not.toContain(made.id);
    });

    it('keeps in a list what is over and was approved by breaking the glass, until it is reviewed', async () => {
      const made = await record();
      const { decisions, plan } = approvedRecord();
      const alone = decisions.map(({ statement }) => signed({ ...statement, breaksGlass: true }));
      const planned = await commit(made, { state: 'waiting', plan, decisions: alone });
      expect(await stage.ledger.toReview()).not.toContain(made.id);
      const over = await commit(planned, ended);
      expect(await stage.ledger.toReview()).toContain(made.id);
      const said = {
        kind: 'review',
        intake: made.id,
        wasRight: true,
        note: 'Seen.',
        by: approver,
        at: NOW,
      } as const;
      const review = signed(said);
      await expect(stage.ledger.commit(over, { review, attempt: 1 }, entry)).rejects.toThrow('has not ended');
      const reviewed = await commit(over, { review });
      expect(await stage.ledger.toReview()).not.toContain(made.id);
      expect(await stage.ledger.openRequests()).not.toContain(made.id);
      expect(await stage.ledger.unreported()).toContain(made.id);
      await expect(stage.ledger.commit(reviewed, { review }, entry)).rejects.toThrow('has not ended');
    });

    it('refuses what could not be read back, and writes nothing', async () => {
      const made = await record();
      const change = { attempt: 1.5 };
      await expect(stage.ledger.commit(made, change, entry)).rejects.toThrow('read back: attempt');
      expect(await stage.ledger.read(made.id)).toEqual(made);
    });

    it('touches nothing that is the ledger’s to give', async () => {
      const made = await record();
      const sly = {
        attempt: 1,
        id: nextId(),
        label: 'R-1',
        rev: 40,
        since: 1,
        audit: { seq: 9, head: '' },
      };
      const now = await commit(made, sly);
      expect(now).toMatchObject({ id: made.id, label: made.label, rev: 1, since: made.since });
      expect(await stage.ledger.read(made.id)).toEqual(now);
    });

    it('gives out what nobody can change for others', async () => {
      const made = await record();
      Reflect.set(made.card, 'channel', 'C9');
      const read = await stage.ledger.read(made.id);
      expect(read?.card).toEqual(card);
      Reflect.set(read?.card ?? {}, 'channel', 'C9');
      expect((await stage.ledger.read(made.id))?.card).toEqual(card);
    });
  });
}

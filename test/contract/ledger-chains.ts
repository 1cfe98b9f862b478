import { brokenLink, SYSTEM_CHAIN } from '../../src/core/request/audit';
import { ended, entry, nextId, times, type LedgerStage } from './ledger-stage';

/** What the audit chains keep. */
export function chainSuite(stage: LedgerStage): void {
  const { each, record, commit } = stage;

  describe('the audit chain', () => {
    it('takes notes while others commit, and takes no revision from anybody', async () => {
      const made = await record();
      const notes = Promise.all(times(60, (at) => each(at).note(made.id, { ...entry, what: 'note', at })));
      let seen = made;
      for (let at = 0; at < 10; at += 1) seen = await commit(seen, { attempt: at });
      await notes;
      expect(seen.rev).toBe(10);
      const chain = await stage.ledger.audit(made.id);
      expect([chain.length, brokenLink(chain)]).toEqual([71, null]);
      expect(await stage.ledger.read(made.id)).toEqual({
        ...seen,
        audit: { seq: 71, head: chain.at(-1)?.hash },
      });
    });

    it('takes notes about a request that has ended', async () => {
      const over = await commit(await record(), ended);
      await stage.ledger.note(over.id, { ...entry, what: 'late' });
      expect((await stage.ledger.audit(over.id)).at(-1)?.what).toBe('late');
      expect(await stage.ledger.read(over.id)).toMatchObject({ rev: over.rev, audit: { seq: 3 } });
    });

    it('is the system’s for what belongs to no request', async () => {
      const stranger = nextId();
      await Promise.all([
        stage.ledger.note(stranger, { ...entry, what: 'stray' }),
        ...times(10, (at) => each(at).note('', { ...entry, what: 'none', at })),
      ]);
      const chain = await stage.ledger.audit(SYSTEM_CHAIN);
      expect(brokenLink(chain)).toBeNull();
      expect(chain.filter((link) => link.what === 'none')).toHaveLength(10);
      expect(chain.find((link) => link.what === 'stray')?.detail).toEqual({ named: stranger });
      expect([await stage.ledger.read(stranger), await stage.ledger.audit(stranger)]).toEqual([null, []]);
    });

    it('takes what was delivered with its record, both or none', async () => {
      const made = await record();
      const told = { channel: 'C1', ts: '1.2', digest: 'd' };
      const tell = (at: number) => ({ ...entry, what: 'report', at });
      await Promise.all(times(12, (at) => each(at).setDelivered(made.id, `reply-${at}`, told, tell(at))));
      const chain = await stage.ledger.audit(made.id);
      expect([brokenLink(chain), chain.filter(({ what }) => what === 'report')]).toEqual([
        null,
        times(12, () => expect.anything()),
      ]);
      expect(await stage.ledger.delivered(made.id)).toEqual(
        new Map(times(12, (at) => [`reply-${at}`, told] as const)),
      );
      expect((await stage.ledger.read(made.id))?.rev).toBe(0);
      const stranger = nextId();
      const before = (await stage.ledger.audit(SYSTEM_CHAIN)).length;
      await stage.ledger.setDelivered(stranger, 'card', told, tell(0));
      expect(await stage.ledger.delivered(stranger)).toEqual(new Map([['card', told]]));
      expect((await stage.ledger.audit(SYSTEM_CHAIN)).length).toBe(before);
    });

    it('takes one message under several keys with one record', async () => {
      const made = await record();
      const told = { channel: 'C1', ts: '1.2', digest: 'd' };
      await stage.ledger.setDelivered(made.id, ['card', 'mentioned-p1'], told, { ...entry, what: 'report' });
      await stage.ledger.setDelivered(made.id, ['a', 'b'], told);
      const kept = ['card', 'mentioned-p1', 'a', 'b'].map((key) => [key, told] as const);
      expect(await stage.ledger.delivered(made.id)).toEqual(new Map(kept));
      expect((await stage.ledger.audit(made.id)).map(({ what }) => what)).toEqual(['intake', 'report']);
    });
  });
}

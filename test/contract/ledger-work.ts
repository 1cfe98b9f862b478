import { waitFor } from '../../lab/wait-for';
import { entry, times, type LedgerStage } from './ledger-stage';

/** What tells the programs what is to be done. */
export function workSuite(stage: LedgerStage): void {
  const { each, record, commit } = stage;

  describe('what is to be done', () => {
    it('lists open requests with the oldest first', async () => {
      const made = [await record(), await record(), await record()];
      const [first] = made;
      if (first) await commit(first, { attempt: 1 });
      const open = await stage.ledger.openRequests();
      expect(open.slice(-3)).toEqual(made.map(({ id }) => id));
    });

    it('keeps a request unreported until its own revision is marked', async () => {
      const made = await record();
      const next = await commit(made, { attempt: 1 });
      expect(await stage.ledger.markReported(made.id, made.rev)).toBe(false);
      expect(await stage.ledger.unreported()).toContain(made.id);
      expect(await stage.ledger.markReported(made.id, next.rev)).toBe(true);
      expect(await stage.ledger.unreported()).not.toContain(made.id);
      await stage.ledger.note(made.id, entry);
      expect(await stage.ledger.unreported()).not.toContain(made.id);
      await commit(next, { attempt: 2 });
      expect(await stage.ledger.unreported()).toContain(made.id);
    });

    it('gives back the lease of who marks, but only with the mark, and nobody else’s', async () => {
      const made = await record();
      const [key, ttl] = [`report-${made.id}`, 60_000];
      const lease = await stage.ledger.takeLease(key, 'one', ttl);
      if (!lease) throw new Error('the lease is free');
      const isTaken = async (): Promise<boolean> =>
        (await stage.under.others[0].takeLease(key, 'two', ttl)) !== null;
      expect(await stage.ledger.markReported(made.id, made.rev + 1, lease)).toBe(false);
      expect(await isTaken()).toBe(false);
      expect(await stage.ledger.markReported(made.id, made.rev, { ...lease, token: lease.token + 1 })).toBe(
        true,
      );
      expect(await isTaken()).toBe(false);
      expect(await stage.ledger.markReported(made.id, made.rev, lease)).toBe(true);
      expect(await isTaken()).toBe(true);
    });

    it('never loses a revision that comes while the one before is marked', async () => {
      let seen = await record();
      for (let round = 0; round < 30; round += 1) {
        const [now] = await Promise.all([
          commit(seen, { attempt: round }),
          stage.under.others[0].markReported(seen.id, seen.rev),
        ]);
        expect(await stage.ledger.unreported()).toContain(seen.id);
        seen = now;
      }
    });

    it('keeps what was delivered by key', async () => {
      const { id } = await record();
      expect((await stage.ledger.delivered(id)).size).toBe(0);
      await stage.ledger.setDelivered(id, 'card', { channel: 'C1', ts: null, digest: '' });
      await stage.ledger.setDelivered(id, 'card', { channel: 'C1', ts: '1.1', digest: 'd' });
      await stage.ledger.setDelivered(id, 'outcome', { channel: 'C1', ts: null, digest: 'e' });
      expect(Object.fromEntries(await stage.ledger.delivered(id))).toEqual({
        card: { channel: 'C1', ts: '1.1', digest: 'd' },
        outcome: { channel: 'C1', ts: null, digest: 'e' },
      });
    });
  });

  describe('the baseline of findings', () => {
    it('is set by one of ten at the first time, and later only by who has seen it', async () => {
      expect(await stage.ledger.findingsBaseline()).toBeNull();
      const baseline = (at: number) => ({ keys: ['a', 'b'], at });
      const set = await Promise.all(times(10, (at) => each(at).setFindingsBaseline(null, baseline(at))));
      const winner = set.indexOf(true);
      expect(set.filter(Boolean)).toHaveLength(1);
      const seen = await stage.under.others[0].findingsBaseline();
      expect(seen).toEqual(baseline(winner));
      expect(await stage.ledger.setFindingsBaseline(null, baseline(99))).toBe(false);
      expect(await stage.ledger.setFindingsBaseline(seen, { keys: ['a'], at: winner })).toBe(true);
      expect(await stage.ledger.setFindingsBaseline(seen, baseline(98))).toBe(false);
      expect(await stage.ledger.findingsBaseline()).toEqual({ keys: ['a'], at: winner });
    });
  });

  it('claims a key once', async () => {
    const claims = await Promise.all(times(20, (at) => each(at).claimOnce('click')));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await stage.ledger.claimOnce('another click')).toBe(true);
  });

  it('has a time that goes on', async () => {
    const before = await stage.ledger.time();
    await stage.under.pass(5);
    await waitFor('a later time', async () => ((await stage.ledger.time()) > before ? true : undefined));
  });
}

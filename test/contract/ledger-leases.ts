import { times, type LedgerStage } from './ledger-stage';

/** What leases promise. */
export function leaseSuite(stage: LedgerStage): void {
  const { each } = stage;

  describe('leases', () => {
    it('are one holder’s until they are over; the token grows with every taking', async () => {
      const first = await stage.ledger.takeLease('object', 'a', 300);
      expect(first).toMatchObject({ key: 'object', holder: 'a' });
      expect((first?.until ?? 0) - (await stage.ledger.time())).toBeLessThanOrEqual(300);
      expect(await stage.under.others[0].takeLease('object', 'b', 300)).toBeNull();
      await stage.under.pass(400);
      const second = await stage.under.others[0].takeLease('object', 'b', 5_000);
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.MAX_SAFE_INTEGER);
      if (!first || !second) throw new Error('a lease was not given');
      expect(await stage.ledger.renewLease(first, 5_000)).toBe(false);
      await stage.ledger.releaseLease(first);
      expect(await stage.ledger.takeLease('object', 'c', 300)).toBeNull();
      expect(await stage.under.others[0].renewLease(second, 5_000)).toBe(true);
    });

    it('are renewed by their holder: the token stays, the end moves', async () => {
      const first = await stage.ledger.takeLease('renewed', 'a', 300);
      await stage.under.pass(200);
      const again = await stage.ledger.takeLease('renewed', 'a', 300);
      expect(again?.token).toBe(first?.token);
      expect(again?.until).toBeGreaterThan(first?.until ?? Number.MAX_SAFE_INTEGER);
      await stage.under.pass(200);
      if (!again) throw new Error('the lease was not given');
      expect(await stage.ledger.renewLease(again, 300)).toBe(true);
      await stage.under.pass(200);
      expect(await stage.ledger.takeLease('renewed', 'b', 300)).toBeNull();
    });

    it('are free once released, and the next token is higher still', async () => {
      const first = await stage.ledger.takeLease('released', 'a', 5_000);
      if (!first) throw new Error('the lease was not given');
      await stage.ledger.releaseLease(first);
      expect(await stage.ledger.renewLease(first, 5_000)).toBe(false);
      const next = await stage.ledger.takeLease('released', 'a', 5_000);
      expect(next?.token).toBeGreaterThan(first.token);
    });

    it('that are over are not their holder’s any more, even when it has taken the same anew', async () => {
      const first = await stage.ledger.takeLease('anew', 'a', 100);
      await stage.under.pass(200);
      const second = await stage.ledger.takeLease('anew', 'a', 5_000);
      if (!first || !second) throw new Error('a lease was not given');
      expect(second.token).toBeGreaterThan(first.token);
      expect(await stage.ledger.renewLease(first, 5_000)).toBe(false);
      await stage.ledger.releaseLease(first);
      expect(await stage.ledger.takeLease('anew', 'b', 100)).toBeNull();
      expect(await stage.ledger.renewLease(second, 5_000)).toBe(true);
    });

    it('go to one of twenty who want the same at once', async () => {
      const taken = await Promise.all(times(20, (at) => each(at).takeLease('wanted', `w${at}`, 5_000)));
      expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
    });
  });

  describe('the leases that live', () => {
    const taken = async (key: string, ttlMs: number, reason?: string) => {
      const lease = await stage.each(1).takeLease(key, 'a', ttlMs, reason);
      if (!lease) throw new Error('the lease was not given');
      return lease;
    };

    it('are listed with holder, reason and end, the one that ends first first', async () => {
      const last = await taken('list-one', 60_000, 'R-1042 writes hyper-v01');
      const first = await taken('list-two', 30_000);
      await taken('other-list', 10_000);
      expect(await stage.ledger.leases('list-')).toEqual([
        { key: 'list-two', holder: 'a', until: first.until, reason: '' },
        { key: 'list-one', holder: 'a', until: last.until, reason: 'R-1042 writes hyper-v01' },
      ]);
      expect(await stage.ledger.leases('list-t')).toHaveLength(1);
      expect(await stage.ledger.leases('nothing')).toEqual([]);
    });

    it('are those that were not released and are not over', async () => {
      const released = await taken('ends-released', 60_000);
      await taken('ends-over', 100);
      await taken('ends-lives', 60_000);
      await stage.ledger.releaseLease(released);
      await stage.under.pass(150);
      expect((await stage.ledger.leases('ends-')).map(({ key }) => key)).toEqual(['ends-lives']);
    });

    it('move when they are renewed, and keep their reason', async () => {
      const first = await taken('moves-one', 10_000, 'why');
      await taken('moves-two', 20_000);
      expect(await stage.ledger.renewLease(first, 40_000)).toBe(true);
      const [two, one] = await stage.ledger.leases('moves-');
      expect([two?.key, one?.key, one?.reason]).toEqual(['moves-two', 'moves-one', 'why']);
      expect(one?.until).toBeGreaterThan(first.until + 29_000);
    });

    it('have the holder and the reason of the last taking', async () => {
      await taken('again', 100, 'old');
      await stage.under.pass(150);
      await stage.ledger.takeLease('again', 'b', 60_000, 'first');
      await stage.ledger.takeLease('again', 'b', 60_000, 'new');
      expect(await stage.ledger.takeLease('again', 'c', 60_000, 'never')).toBeNull();
      expect(await stage.ledger.leases('again')).toMatchObject([{ holder: 'b', reason: 'new' }]);
    });
  });
}

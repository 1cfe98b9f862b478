import { drawSeal, type SignedSeal } from '../../src/core/audit/seal';
import { comparePositions, STREAM_START } from '../../src/core/audit/stream';
import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import { entry, nextId, times, type LedgerStage } from './ledger-stage';

/** What the ledger keeps of its whole audit. */
export function auditSuite(stage: LedgerStage): void {
  const { each, record, commit } = stage;
  const end = async (): Promise<string> =>
    (await stage.ledger.auditStream(STREAM_START, 100_000)).at(-1)?.position ?? STREAM_START;

  describe('the stream of all chains', () => {
    it('has every record once, in the order of their positions, with its request’s label', async () => {
      const before = await end();
      const made = await record();
      const notes = times(20, (at) => each(at).note(made.id, { ...entry, what: 'note', at }));
      await Promise.all([...notes, stage.ledger.note('', entry)]);
      await commit(made, { attempt: 1 });
      const records = await stage.ledger.auditStream(before, 1_000);
      const own = records.filter(({ label }) => label === made.label);
      const chain = await stage.ledger.audit(made.id);
      expect(own.map(({ text }) => JSON.parse(text) as unknown)).toEqual(chain);
      expect(records.filter(({ label }) => label === '')).toHaveLength(1);
      const positions = records.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted(comparePositions));
      expect(new Set(positions).size).toBe(23);
    });

    it('is read on from any position, so many at once', async () => {
      const made = await record();
      for (let at = 0; at < 5; at += 1) await stage.ledger.note(made.id, { ...entry, at });
      const all = await stage.ledger.auditStream(STREAM_START, 100_000);
      const tail = all.slice(-4);
      const from = all.at(-5)?.position ?? '';
      expect(await stage.ledger.auditStream(from, 100)).toEqual(tail);
      expect(await stage.ledger.auditStream(from, 2)).toEqual(tail.slice(0, 2));
      expect(await stage.ledger.auditStream(await end(), 2)).toEqual([]);
    });
  });

  it('the newest record of all chains is told to everybody by its position', async () => {
    const before = await stage.ledger.auditEnd();
    expect(before).toBe(await end());
    await stage.ledger.note('', entry);
    const after = await each(1).auditEnd();
    expect(comparePositions(before, after)).toBeLessThan(0);
    expect(after).toBe(await end());
  });

  describe('the end of a chain', () => {
    it('is told, also of the system’s, and of no other', async () => {
      const made = await record();
      await stage.ledger.note('', entry);
      const system = (await stage.ledger.audit(SYSTEM_CHAIN)).at(-1);
      expect(await stage.ledger.chainEnd(made.id)).toEqual(made.audit);
      expect(await stage.ledger.chainEnd(SYSTEM_CHAIN)).toEqual({ seq: system?.seq, head: system?.hash });
      expect(await stage.ledger.chainEnd(nextId())).toBeNull();
      expect((await stage.ledger.requestIds()).get(made.label)).toBe(made.id);
    });
  });

  describe('seals', () => {
    const seal = async (): Promise<SignedSeal> => {
      const last = (await stage.ledger.lastSeal())?.seal ?? null;
      const drawn = drawSeal(last, await stage.ledger.auditStream(last?.to ?? STREAM_START, 1_000), 7);
      if (!drawn) throw new Error('nothing to seal');
      return { seal: drawn, keyId: 'k1', signature: 'none' };
    };

    it('are added one after the other, once each, and tell where they found a chain to end', async () => {
      const made = await record();
      expect(await stage.ledger.sealedEnd(made.id)).toBeNull();
      const first = await seal();
      expect(await Promise.all(times(3, (at) => each(at).addSeal(first)))).toContain(true);
      expect(await stage.ledger.addSeal(first)).toBe(false);
      await stage.ledger.note(made.id, entry);
      const next = await seal();
      expect(await stage.ledger.addSeal(next)).toBe(true);
      expect(await stage.ledger.seals(first.seal.number, 10)).toEqual([first, next]);
      expect(await stage.ledger.seals(first.seal.number, 1)).toEqual([first]);
      expect(await stage.ledger.lastSeal()).toEqual(next);
      const chain = await stage.ledger.audit(made.id);
      const sealed = { seal: next.seal.number, seq: 2, head: chain[1]?.hash };
      expect(await stage.ledger.sealedEnd(made.id)).toEqual(sealed);
    });
  });
}

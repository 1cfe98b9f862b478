import type { Clock, Ledger } from '../../src/core/ports';
import { brokenLink, SYSTEM_CHAIN } from '../../src/core/request/audit';
import type { Intake } from '../../src/core/request/statement';
import { waitFor } from '../../lab/wait-for';
import { intake, NOW, signed } from '../support/request-record';

let counter = 0;
const nextId = () => (counter += 1).toString(16).padStart(32, '0');
const asked = (id = nextId()): Intake => intake({ id });
const card = { channel: 'C1' };
const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
const ended = { state: 'withdrawn', ending: { problem: null, at: NOW } } as const;

/** What every ledger does. `clock` is the one that its leases go by, as far as a test can let time pass. */
export function ledgerSuite(
  name: string,
  open: () => Promise<{ ledger: Ledger; pass: (ms: number) => Promise<void> }>,
): void {
  describe(`the ledger on ${name}`, () => {
    let ledger: Ledger;
    let pass: (ms: number) => Promise<void>;
    beforeAll(async () => ({ ledger, pass } = await open()));
    afterAll(() => ledger.close());
    const record = async (statement = asked()) =>
      (await ledger.recordIntake(signed(statement), { key: statement.id, card })).record;

    it('records an intake with a label, open and unreported, and opens its chain', async () => {
      const made = await record();
      expect(made).toMatchObject({ state: 'planning', rev: 0, card, audit: { seq: 1 } });
      expect(made.label).toMatch(/^R-\d+$/);
      expect(await ledger.read(made.id)).toEqual(made);
      expect((await ledger.findByLabel(made.label))?.id).toBe(made.id);
      expect(await ledger.openRequests()).toContain(made.id);
      expect(await ledger.unreported()).toContain(made.id);
      expect((await ledger.audit(made.id)).map((link) => link.what)).toEqual(['intake']);
    });

    it('records one request for fifty deliveries of one key', async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => ledger.recordIntake(signed(asked()), { key: 'same', card })),
      );
      expect(answers.filter((answer) => answer.isNew)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.record.label)).size).toBe(1);
    });

    it('knows nothing of what was never recorded', async () => {
      expect([await ledger.read(nextId()), await ledger.findByLabel('R-1')]).toEqual([null, null]);
    });

    it('lets exactly one of 64 writers win each revision, and keeps the chain', async () => {
      const made = await record();
      const rounds = [made];
      for (let round = 0; round < 3; round += 1) {
        const seen = rounds[round] ?? made;
        const tries = Array.from({ length: 64 }, (_, at) =>
          ledger.commit(seen, { attempt: at }, { ...entry, at }),
        );
        const won = (await Promise.all(tries)).flatMap((one) => one ?? []);
        expect(won).toHaveLength(1);
        rounds.push(...won);
      }
      expect((await ledger.read(made.id))?.rev).toBe(3);
      expect(await ledger.read(made.id)).toEqual(rounds.at(-1));
      expect(brokenLink(await ledger.audit(made.id))).toBeNull();
      expect(await ledger.audit(made.id)).toHaveLength(4);
    });

    it('lets notes grow the chain without taking a revision from anybody', async () => {
      const made = await record();
      const notes = Array.from({ length: 20 }, (_, at) =>
        ledger.note(made.id, { ...entry, what: 'note', at }),
      );
      const [committed] = await Promise.all([ledger.commit(made, { attempt: 1 }, entry), ...notes]);
      expect(committed?.rev).toBe(1);
      const chain = await ledger.audit(made.id);
      expect([chain.length, brokenLink(chain)]).toEqual([22, null]);
    });

    it('puts a note about an unknown request into the system chain', async () => {
      await ledger.note('f'.repeat(32), { ...entry, what: 'stray' });
      const chain = await ledger.audit(SYSTEM_CHAIN);
      expect([chain.at(-1)?.what, brokenLink(chain)]).toEqual(['stray', null]);
    });

    it('refuses an arrow that the state table has not, and any change after the end', async () => {
      const made = await record();
      await expect(ledger.commit(made, { state: 'done' }, entry)).rejects.toThrow('state table');
      const over = await ledger.commit(made, ended, entry);
      expect(await ledger.openRequests()).not.toContain(made.id);
      if (!over) throw new Error('the end was not committed');
      await expect(ledger.commit(over, { attempt: 1 }, entry)).rejects.toThrow('has not ended');
      expect(await ledger.commit(made, { attempt: 1 }, entry)).toBeNull();
    });

    it('keeps a request unreported until its own revision is marked', async () => {
      const made = await record();
      const next = await ledger.commit(made, { attempt: 1 }, entry);
      await ledger.markReported(made.id, made.rev);
      expect(await ledger.unreported()).toContain(made.id);
      await ledger.markReported(made.id, next?.rev ?? -1);
      expect(await ledger.unreported()).not.toContain(made.id);
      if (next) await ledger.commit(next, { attempt: 2 }, entry);
      expect(await ledger.unreported()).toContain(made.id);
    });

    it('keeps what was delivered by key', async () => {
      const made = await record();
      await ledger.setDelivered(made.id, 'card', { channel: 'C1', ts: null, digest: '' });
      await ledger.setDelivered(made.id, 'card', { channel: 'C1', ts: '1.1', digest: 'd' });
      await ledger.setDelivered(made.id, 'outcome', { channel: 'C1', ts: '1.2', digest: 'e' });
      const delivered = await ledger.delivered(made.id);
      expect([...delivered.keys()].toSorted()).toEqual(['card', 'outcome']);
      expect(delivered.get('card')).toEqual({ channel: 'C1', ts: '1.1', digest: 'd' });
    });

    it('gives a lease to one holder, again to the same, and to another once it is over', async () => {
      const first = await ledger.takeLease('object', 'a', 400);
      expect(await ledger.takeLease('object', 'b', 400)).toBeNull();
      expect((await ledger.takeLease('object', 'a', 400))?.token).toBe(first?.token);
      await pass(500);
      const second = await ledger.takeLease('object', 'b', 400);
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.MAX_SAFE_INTEGER);
      if (!first || !second) throw new Error('a lease was not given');
      expect([await ledger.renewLease(first, 400), await ledger.renewLease(second, 400)]).toEqual([
        false,
        true,
      ]);
      await ledger.releaseLease(first);
      expect(await ledger.takeLease('object', 'c', 400)).toBeNull();
      await ledger.releaseLease(second);
      expect(await ledger.takeLease('object', 'c', 400)).not.toBeNull();
    });

    it('claims a key once', async () => {
      const claims = await Promise.all(Array.from({ length: 10 }, () => ledger.claimOnce('click')));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('has a time that goes on', async () => {
      const before = await ledger.time();
      await pass(5);
      await waitFor('a later time', async () => ((await ledger.time()) > before ? true : undefined));
    });
  });
}

/** A clock that stands still until a test moves it. */
export function steppedClock(start = NOW): Clock & { pass: (ms: number) => Promise<void> } {
  let now = start;
  return {
    now: () => now,
    monotonic: () => now,
    wait: () => Promise.resolve(),
    pass(ms) {
      now += ms;
      return Promise.resolve();
    },
  };
}

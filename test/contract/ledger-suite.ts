import type { Ledger, RecordChange } from '../../src/core/ports';
import { brokenLink, SYSTEM_CHAIN } from '../../src/core/request/audit';
import type { RequestRecord } from '../../src/core/request/record';
import type { Intake } from '../../src/core/request/statement';
import { waitFor } from '../../lab/wait-for';
import { memoryClock } from '../support/memory-clock';
import { approvedRecord, intake, NOW, planOf, signed } from '../support/request-record';

/** A ledger under test. */
export interface LedgerUnderTest {
  readonly ledger: Ledger;
  /** More connections to the same ledger, as other processes have them; at least one. */
  readonly others: readonly [Ledger, ...Ledger[]];
  /** Lets this much of the ledger's time pass. */
  pass: (ms: number) => Promise<void>;
  /** Puts any text in place of a record, as somebody who can write Redis may. */
  forge: (id: string, text: string) => Promise<void>;
  close: () => Promise<void>;
}

const card = { channel: 'C1' };
const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
const ended = { state: 'withdrawn', ending: { problem: null, at: NOW } } as const;
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

let counter = 0;
const nextId = () => (counter += 1).toString(16).padStart(32, '0');
const asked = (id = nextId()): Intake => intake({ id });

/** What every ledger does. */
export function ledgerSuite(name: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger on ${name}`, () => {
    let under: LedgerUnderTest;
    let ledger: Ledger;
    beforeAll(async () => {
      under = await open();
      ({ ledger } = under);
    });
    afterAll(() => under.close());

    /** Connections in turn, so that what races does so between processes. */
    const each = (at: number): Ledger => [ledger, ...under.others][at % (under.others.length + 1)] ?? ledger;
    const record = async (statement = asked()): Promise<RequestRecord> =>
      (await ledger.recordIntake(signed(statement), { key: statement.id, card })).record;
    const commit = async (seen: RequestRecord, change: RecordChange): Promise<RequestRecord> => {
      const committed = await ledger.commit(seen, change, entry);
      if (!committed) throw new Error('somebody else was first');
      return committed;
    };
    const labelOf = async (id: string) => (await ledger.read(id))?.label ?? '';

    describe('recording an intake', () => {
      it('gives it a label, an open and unreported request, and a chain', async () => {
        const before = await ledger.time();
        const made = await record();
        expect(made).toMatchObject({ state: 'planning', rev: 0, card, audit: { seq: 1 } });
        expect(made.label).toMatch(/^R-\d{4,}$/);
        expect(made.since).toBeGreaterThanOrEqual(before);
        expect(await ledger.read(made.id)).toEqual(made);
        expect(await ledger.findByLabel(made.label)).toEqual(made);
        expect(await ledger.openRequests()).toContain(made.id);
        expect(await ledger.unreported()).toContain(made.id);
        const chain = await ledger.audit(made.id);
        expect(chain.map((link) => [link.what, link.who])).toEqual([['intake', '-/T1/U0REQUESTER']]);
        expect(chain[0]?.hash).toBe(made.audit.head);
      });

      it('counts labels up without a gap', async () => {
        const made = [await record(), await record(), await record()];
        const numbers = made.map(({ label }) => Number(label.slice(2)));
        const [first = Number.NaN] = numbers;
        expect(numbers).toEqual([first, first + 1, first + 2]);
        expect(first).toBeGreaterThan(1000);
      });

      it('makes one request of fifty deliveries of one key at the same time', async () => {
        const open = (await ledger.openRequests()).length;
        const answers = await Promise.all(
          times(50, (at) => each(at).recordIntake(signed(asked()), { key: 'fifty', card })),
        );
        expect(answers.filter((answer) => answer.isNew)).toHaveLength(1);
        expect(new Set(answers.map((answer) => answer.record.id)).size).toBe(1);
        expect(await ledger.openRequests()).toHaveLength(open + 1);
      });

      it('gives the request as it is by now when the key comes again', async () => {
        const statement = asked();
        const now = await commit(await record(statement), { attempt: 3 });
        const again = await ledger.recordIntake(signed(statement), { key: statement.id, card });
        expect(again).toEqual({ record: now, isNew: false });
      });

      it('never begins a request anew, even under another key', async () => {
        const statement = asked();
        const now = await commit(await record(statement), { attempt: 3 });
        const again = await ledger.recordIntake(signed(statement), { key: `${statement.id}-2`, card });
        expect(again).toEqual({ record: now, isNew: false });
      });

      it('knows nothing of what was never recorded', async () => {
        expect([await ledger.read(nextId()), await ledger.findByLabel('R-1')]).toEqual([null, null]);
        expect(await ledger.audit(nextId())).toEqual([]);
        expect(await ledger.commit({ ...(await record()), id: nextId() }, { attempt: 1 }, entry)).toBeNull();
      });
    });

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
        expect(await ledger.read(made.id)).toEqual(won.at(-1));
        const chain = await ledger.audit(made.id);
        expect(chain.map((link) => link.seq)).toEqual([1, 2, 3, 4, 5, 6]);
        expect(chain.slice(1).map((link) => link.at)).toEqual(won.slice(1).map((one) => one.attempt));
        expect(brokenLink(chain)).toBeNull();
      });

      it('keeps everything that a record can hold', async () => {
        const full = approvedRecord();
        const made = await record();
        const waiting = await commit(made, { state: 'waiting', plan: planOf(made.intake.statement) });
        const problem = { code: 'a.b', summary: '“x” → y', remedy: '' };
        const outcome = {
          kind: 'changed',
          inferred: true,
          added: ['cifs/x'],
          removed: [],
          at: NOW,
          server: 'dc1',
          problem,
        };
        const now = await commit(waiting, {
          state: 'approved',
          decisions: full.decisions,
          voided: [{ plan: 1, sentence: 's', at: NOW }],
          steps: [{ guid: 'g', intent: { at: NOW, worker: 'w' }, outcome: { ...outcome, kind: 'changed' } }],
          proof: { level: 'proved', converged: 1, servers: 1, checks: [], note: '' },
          trouble: problem,
        });
        expect(now.decisions).toEqual(full.decisions);
        expect(await ledger.read(made.id)).toEqual(now);
      });

      it('keeps the time of the last transition to another state', async () => {
        const made = await record();
        await under.pass(20);
        const same = await commit(made, { attempt: 1 });
        expect(same.since).toBe(made.since);
        const other = await commit(same, { state: 'refused' });
        expect(other.since).toBeGreaterThan(made.since);
        expect((await ledger.read(made.id))?.since).toBe(other.since);
      });

      it('refuses an arrow that the state table has not', async () => {
        const made = await record();
        await expect(ledger.commit(made, { state: 'done' }, entry)).rejects.toThrow('state table');
        expect(await ledger.read(made.id)).toEqual(made);
      });

      it('refuses any change after the end, and takes the request from the open ones', async () => {
        const made = await record();
        const over = await commit(made, ended);
        expect(await ledger.openRequests()).not.toContain(made.id);
        await expect(ledger.commit(over, { attempt: 1 }, entry)).rejects.toThrow('has not ended');
        expect(await ledger.commit(made, { attempt: 1 }, entry)).toBeNull();
        expect(await ledger.openRequests()).not.toContain(made.id);
      });

      it('refuses what could not be read back, and writes nothing', async () => {
        const made = await record();
        const change = { attempt: 1.5 };
        await expect(ledger.commit(made, change, entry)).rejects.toThrow('read back: attempt');
        expect(await ledger.read(made.id)).toEqual(made);
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
        expect(await ledger.read(made.id)).toEqual(now);
      });

      it('gives out copies', async () => {
        const made = await record();
        Object.assign(made.card, { channel: 'C9' });
        expect((await ledger.read(made.id))?.card).toEqual(card);
      });
    });

    describe('the audit chain', () => {
      it('takes notes while others commit, and takes no revision from anybody', async () => {
        const made = await record();
        const notes = Promise.all(times(60, (at) => each(at).note(made.id, { ...entry, what: 'note', at })));
        let seen = made;
        for (let at = 0; at < 10; at += 1) seen = await commit(seen, { attempt: at });
        await notes;
        expect(seen.rev).toBe(10);
        const chain = await ledger.audit(made.id);
        expect([chain.length, brokenLink(chain)]).toEqual([71, null]);
        expect(await ledger.read(made.id)).toEqual({
          ...seen,
          audit: { seq: 71, head: chain.at(-1)?.hash },
        });
      });

      it('takes notes about a request that has ended', async () => {
        const over = await commit(await record(), ended);
        await ledger.note(over.id, { ...entry, what: 'late' });
        expect((await ledger.audit(over.id)).at(-1)?.what).toBe('late');
        expect(await ledger.read(over.id)).toMatchObject({ rev: over.rev, audit: { seq: 3 } });
      });

      it('is the system’s for what belongs to no request', async () => {
        const stranger = nextId();
        await Promise.all([
          ledger.note(stranger, { ...entry, what: 'stray' }),
          ...times(10, (at) => each(at).note('', { ...entry, what: 'none', at })),
        ]);
        const chain = await ledger.audit(SYSTEM_CHAIN);
        expect(brokenLink(chain)).toBeNull();
        expect(chain.filter((link) => link.what === 'none')).toHaveLength(10);
        expect(chain.find((link) => link.what === 'stray')?.detail).toEqual({ named: stranger });
        expect([await ledger.read(stranger), await ledger.audit(stranger)]).toEqual([null, []]);
      });
    });

    describe('what is to be done', () => {
      it('lists open requests with the oldest first', async () => {
        const made = [await record(), await record(), await record()];
        const [first] = made;
        if (first) await commit(first, { attempt: 1 });
        const open = await ledger.openRequests();
        expect(open.slice(-3)).toEqual(made.map(({ id }) => id));
      });

      it('keeps a request unreported until its own revision is marked', async () => {
        const made = await record();
        const next = await commit(made, { attempt: 1 });
        await ledger.markReported(made.id, made.rev);
        expect(await ledger.unreported()).toContain(made.id);
        await ledger.markReported(made.id, next.rev);
        expect(await ledger.unreported()).not.toContain(made.id);
        await ledger.note(made.id, entry);
        expect(await ledger.unreported()).not.toContain(made.id);
        await commit(next, { attempt: 2 });
        expect(await ledger.unreported()).toContain(made.id);
      });

      it('never loses a revision that comes while the one before is marked', async () => {
        let seen = await record();
        for (let round = 0; round < 30; round += 1) {
          const [now] = await Promise.all([
            commit(seen, { attempt: round }),
            under.others[0].markReported(seen.id, seen.rev),
          ]);
          expect(await ledger.unreported()).toContain(seen.id);
          seen = now;
        }
      });

      it('keeps what was delivered by key', async () => {
        const { id } = await record();
        expect((await ledger.delivered(id)).size).toBe(0);
        await ledger.setDelivered(id, 'card', { channel: 'C1', ts: null, digest: '' });
        await ledger.setDelivered(id, 'card', { channel: 'C1', ts: '1.1', digest: 'd' });
        await ledger.setDelivered(id, 'outcome', { channel: 'C1', ts: null, digest: 'e' });
        expect(Object.fromEntries(await ledger.delivered(id))).toEqual({
          card: { channel: 'C1', ts: '1.1', digest: 'd' },
          outcome: { channel: 'C1', ts: null, digest: 'e' },
        });
      });
    });

    describe('somebody who writes Redis', () => {
      const forgeries = {
        'no JSON': () => '{not json',
        nothing: () => 'null',
        'no object': () => '"x"',
        'an empty object': () => '{}',
        'another kind of intake': (made: RequestRecord) =>
          JSON.stringify({ ...made, intake: { ...made.intake, statement: { kind: 'decision' } } }),
        'a fraction': (made: RequestRecord) => JSON.stringify({ ...made, attempt: 0.5 }),
        'a number beyond what is safe': (made: RequestRecord) =>
          JSON.stringify({ ...made, attempt: 2 ** 60 }),
        'a field too many': (made: RequestRecord) => JSON.stringify({ ...made, admin: true }),
        'a plan that is none': (made: RequestRecord) => JSON.stringify({ ...made, plan: { number: 1 } }),
        'a prototype': (made: RequestRecord) =>
          JSON.stringify(made).replace('{', '{"__proto__": {"ending": null}, '),
      };

      it.each(Object.entries(forgeries))('cannot crash a reader with %s', async (_, forge) => {
        const made = await record();
        const { label, rev, state, since, audit, ...inside } = made;
        await under.forge(made.id, forge(inside as RequestRecord));
        const fault = { name: 'Fault', code: 'ledger.malformed', retry: 'never' };
        await expect(ledger.read(made.id)).rejects.toMatchObject(fault);
        await expect(ledger.findByLabel(label)).rejects.toMatchObject(fault);
        expect([rev, state, since > 0, audit.seq]).toEqual([0, 'planning', true, 1]);
      });

      it('leaves all other requests as they were', async () => {
        const [first, spoilt, last] = [await record(), await record(), await record()];
        await under.forge(spoilt.id, 'x');
        const ids = await ledger.openRequests();
        expect(ids).toEqual(expect.arrayContaining([first.id, spoilt.id, last.id]));
        expect(await labelOf(first.id)).toBe(first.label);
        expect((await commit(last, ended)).rev).toBe(1);
        await ledger.note(spoilt.id, { ...entry, what: 'malformed' });
        expect((await ledger.audit(spoilt.id)).at(-1)?.what).toBe('malformed');
      });

      it('cannot give a request another one’s id', async () => {
        const [one, other] = [await record(), await record()];
        const { label: _, rev: __, state: ___, since: ____, audit: _____, ...inside } = other;
        await under.forge(one.id, JSON.stringify(inside));
        const now = await ledger.read(one.id);
        expect([now?.id, now?.label, now?.intake.statement.id]).toEqual([one.id, one.label, other.id]);
      });
    });

    describe('leases', () => {
      it('are one holder’s until they are over; the token grows with every taking', async () => {
        const first = await ledger.takeLease('object', 'a', 300);
        expect(first).toMatchObject({ key: 'object', holder: 'a' });
        expect((first?.until ?? 0) - (await ledger.time())).toBeLessThanOrEqual(300);
        expect(await under.others[0].takeLease('object', 'b', 300)).toBeNull();
        await under.pass(400);
        const second = await under.others[0].takeLease('object', 'b', 5_000);
        expect(second?.token).toBeGreaterThan(first?.token ?? Number.MAX_SAFE_INTEGER);
        if (!first || !second) throw new Error('a lease was not given');
        expect(await ledger.renewLease(first, 5_000)).toBe(false);
        await ledger.releaseLease(first);
        expect(await ledger.takeLease('object', 'c', 300)).toBeNull();
        expect(await under.others[0].renewLease(second, 5_000)).toBe(true);
      });

      it('are renewed by their holder: the token stays, the end moves', async () => {
        const first = await ledger.takeLease('renewed', 'a', 300);
        await under.pass(200);
        const again = await ledger.takeLease('renewed', 'a', 300);
        expect(again?.token).toBe(first?.token);
        expect(again?.until).toBeGreaterThan(first?.until ?? Number.MAX_SAFE_INTEGER);
        await under.pass(200);
        if (!again) throw new Error('the lease was not given');
        expect(await ledger.renewLease(again, 300)).toBe(true);
        await under.pass(200);
        expect(await ledger.takeLease('renewed', 'b', 300)).toBeNull();
      });

      it('are free once released, and the next token is higher still', async () => {
        const first = await ledger.takeLease('released', 'a', 5_000);
        if (!first) throw new Error('the lease was not given');
        await ledger.releaseLease(first);
        expect(await ledger.renewLease(first, 5_000)).toBe(false);
        const next = await ledger.takeLease('released', 'a', 5_000);
        expect(next?.token).toBeGreaterThan(first.token);
      });

      it('that are over are not their holder’s any more, even when it has taken the same anew', async () => {
        const first = await ledger.takeLease('anew', 'a', 100);
        await under.pass(200);
        const second = await ledger.takeLease('anew', 'a', 5_000);
        if (!first || !second) throw new Error('a lease was not given');
        expect(second.token).toBeGreaterThan(first.token);
        expect(await ledger.renewLease(first, 5_000)).toBe(false);
        await ledger.releaseLease(first);
        expect(await ledger.takeLease('anew', 'b', 100)).toBeNull();
        expect(await ledger.renewLease(second, 5_000)).toBe(true);
      });

      it('go to one of twenty who want the same at once', async () => {
        const taken = await Promise.all(times(20, (at) => each(at).takeLease('wanted', `w${at}`, 5_000)));
        expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
      });
    });

    describe('the origin of values', () => {
      const guid = '11111111-2222-3333-4444-555555555555';
      const outcome = { kind: 'changed', inferred: false, at: NOW, server: 'dc1', problem: null } as const;
      const step = (added: string[], removed: string[] = []) => ({
        guid,
        intent: null,
        outcome: { ...outcome, added, removed },
      });
      const originsOf = (...values: string[]) =>
        under.others[0].origins(values.map((value) => ({ guid, value })));

      it('is the request whose outcome added them, in whatever case, and of no other object', async () => {
        const made = await record();
        await commit(made, { steps: [step(['cifs/Of-Origin', 'cifs/b-origin'])] });
        expect(await originsOf('CIFS/of-origin', 'cifs/nobody', 'cifs/b-origin')).toEqual([
          made.label,
          null,
          made.label,
        ]);
        const other = guid.replaceAll('1', '2');
        expect(await ledger.origins([{ guid: other, value: 'cifs/of-origin' }])).toEqual([null]);
        expect(await ledger.origins([])).toEqual([]);
      });

      it('is nobody while there is an intent only, and nobody when the outcome was not committed', async () => {
        const made = await record();
        const intent = { at: NOW, worker: 'w' };
        const begun = await commit(made, { steps: [{ guid, intent, outcome: null }] });
        expect(await originsOf('cifs/late')).toEqual([null]);
        expect(await ledger.commit(made, { steps: [step(['cifs/late'])] }, entry)).toBeNull();
        expect(await originsOf('cifs/late')).toEqual([null]);
        await commit(begun, { steps: [step(['cifs/late'])] });
        expect(await originsOf('cifs/late')).toEqual([made.label]);
      });

      it('ends when a request removes them', async () => {
        const made = await commit(await record(), { steps: [step(['cifs/gone', 'cifs/kept'])] });
        await commit(await record(), { steps: [step([], ['CIFS/Gone'])] });
        expect(await originsOf('cifs/gone', 'cifs/kept')).toEqual([null, made.label]);
      });

      it('stays with the last that added them, whatever is committed later about an earlier one', async () => {
        const first = await commit(await record(), { steps: [step(['cifs/again'])] });
        const second = await commit(await record(), { steps: [step(['cifs/again'])] });
        await commit(first, { attempt: 7 });
        expect(await originsOf('cifs/again')).toEqual([second.label]);
      });
    });

    describe('the baseline of findings', () => {
      it('is set by one of ten at the first time, and later only by who has seen it', async () => {
        expect(await ledger.findingsBaseline()).toBeNull();
        const baseline = (at: number) => ({ keys: ['a', 'b'], at });
        const set = await Promise.all(times(10, (at) => each(at).setFindingsBaseline(null, baseline(at))));
        const winner = set.indexOf(true);
        expect(set.filter(Boolean)).toHaveLength(1);
        const seen = await under.others[0].findingsBaseline();
        expect(seen).toEqual(baseline(winner));
        expect(await ledger.setFindingsBaseline(null, baseline(99))).toBe(false);
        expect(await ledger.setFindingsBaseline(seen, { keys: ['a'], at: winner })).toBe(true);
        expect(await ledger.setFindingsBaseline(seen, baseline(98))).toBe(false);
        expect(await ledger.findingsBaseline()).toEqual({ keys: ['a'], at: winner });
      });
    });

    it('claims a key once', async () => {
      const claims = await Promise.all(times(20, (at) => each(at).claimOnce('click')));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await ledger.claimOnce('another click')).toBe(true);
    });

    it('has a time that goes on', async () => {
      const before = await ledger.time();
      await under.pass(5);
      await waitFor('a later time', async () => ((await ledger.time()) > before ? true : undefined));
    });
  });
}

/** A clock that stands still until a test moves it. */
export const steppedClock = memoryClock;

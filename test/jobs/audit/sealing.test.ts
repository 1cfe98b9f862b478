import { Redis } from 'ioredis';
import { SEALED_AT_ONCE } from '../../../src/core/audit/seal';
import { SYSTEM_CHAIN, chain } from '../../../src/core/request/audit';
import { createSealing, type SealingParts } from '../../../src/jobs/audit/seal-next';
import { verifyAudit } from '../../../src/jobs/audit/verify-audit';
import { ledgerKeys } from '../../../src/jobs/ledger/keys';
import { openRedisLedger } from '../../../src/jobs/ledger/redis-ledger';
import { newKeyPair, openSigner, openVerifier } from '../../../src/jobs/ports/ed25519-keys';
import { systemClock as clock } from '../../../src/jobs/ports/system-clock';
import type { Ledger } from '../../../src/core/ports';
import { intake, NOW, signed } from '../../support/request-record';
import { testRedis } from '../../support/redis';

const redis = testRedis();
const thief = new Redis(redis.url);
const keys = newKeyPair();
const signer = openSigner({ keyId: 'bot-1', pem: keys.privateKey });
const verifier = openVerifier({ 'bot-1': keys.publicKey });
let prefixes = 0;
let ledger: Ledger;
let prefix: string;
let at: ReturnType<typeof ledgerKeys>;
let parts: SealingParts;
beforeEach(async () => {
  prefix = `${redis.prefix.slice(0, -1)}-${(prefixes += 1)}}`;
  ledger = await openRedisLedger({ url: redis.url, prefix });
  at = ledgerKeys(prefix);
  parts = { ledger, signer, verifier, clock };
});
afterEach(() => ledger.close());
afterAll(() => thief.disconnect());

const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
const begin = async (id: string) =>
  (await ledger.recordIntake(signed(intake({ id })), { key: id, card: { channel: 'C1' } })).record;
const flaws = async () => (await verifyAudit({ ledger, mirror: null, verifier, anchors: [] })).flaws;

describe('the bot', () => {
  it('seals what came since the last seal, and nothing twice', async () => {
    const { sealNext } = createSealing(parts);
    expect(await sealNext()).toEqual({ kind: 'nothing' });
    const made = await begin('a'.repeat(32));
    expect(await sealNext()).toEqual({ kind: 'sealed', number: 1, count: 1 });
    expect(await sealNext()).toEqual({ kind: 'nothing' });
    await ledger.note(made.id, entry);
    await ledger.note('', entry);
    expect(await createSealing(parts).sealNext()).toEqual({ kind: 'sealed', number: 2, count: 2 });
    expect(await flaws()).toEqual([]);
  });

  it('seals so many at once and goes on behind them', async () => {
    for (let count = 0; count < SEALED_AT_ONCE + 5; count += 1) await ledger.note('', entry);
    const { sealNext } = createSealing(parts);
    expect(await sealNext()).toMatchObject({ count: SEALED_AT_ONCE });
    expect(await sealNext()).toMatchObject({ count: 5 });
    expect(await flaws()).toEqual([]);
  });

  it('makes one chain of seals with another bot that seals at the same time', async () => {
    const [one, two] = [createSealing(parts), createSealing(parts)];
    for (let round = 0; round < 10; round += 1) {
      await ledger.note('', entry);
      const kinds = (await Promise.all([one.sealNext(), two.sealNext()])).map(({ kind }) => kind);
      expect(kinds).toContain('sealed');
      expect(kinds).not.toContain('refused');
    }
    expect(await flaws()).toEqual([]);
    expect((await ledger.lastSeal())?.seal.total).toBe(10);
  });

  describe('signs nothing', () => {
    const id = 'b'.repeat(32);
    /** Each way in which somebody who can write Redis may try it, and what the bot says is wrong. */
    const attempts: Record<string, [() => Promise<unknown>, string]> = {
      'over a record that does not follow': [
        async () => {
          const link = chain(id, { seq: 1, head: 'c'.repeat(64) }, entry);
          await thief.xadd(at.stream, '*', 'record', JSON.stringify(link), 'label', 'R-1001');
        },
        'does not follow from record 1',
      ],
      'over a record of a chain that had not begun': [
        async () => {
          const link = chain('d'.repeat(32), { seq: 4, head: 'c'.repeat(64) }, entry);
          await thief.xadd(at.stream, '*', 'record', JSON.stringify(link), 'label', 'R-1009');
        },
        'Records 1 to 4 are missing',
      ],
      'over what is no record': [
        () => thief.xadd(at.stream, '*', 'record', '{"what":"ever"}'),
        'no audit record',
      ],
      'over a gap': [
        async () => {
          await ledger.note(id, entry);
          await ledger.note(id, entry);
          const [first] = await thief
            .xrevrange(at.stream, '+', '-', 'COUNT', 2)
            .then((all) => all.toReversed());
          await thief.xdel(at.stream, first?.[0] ?? '');
        },
        'Record 2 is missing before it',
      ],
      'behind a seal that another key has signed': [
        async () => {
          const [text = ''] = await thief.lrange(at.seals, -1, -1);
          const last = JSON.parse(text) as { signature: string };
          last.signature = openSigner({ keyId: 'bot-1', pem: newKeyPair().privateKey }).sign('x');
          await thief.lset(at.seals, -1, JSON.stringify(last));
          await ledger.note(id, entry);
        },
        'not signed by this bot',
      ],
      'behind an end that no seal has': [
        async () => {
          await thief.hset(at.sealedEnds, id, `1 9 ${'e'.repeat(64)}`);
          await ledger.note(id, entry);
        },
        'in no seal of the bot',
      ],
      'for a chain that begins anew behind its sealed end': [
        async () => {
          await thief.hdel(at.sealedEnds, id);
          await ledger.note(id, entry);
        },
        'Record 1 is missing',
      ],
      'when its own last seal is gone': [
        async () => {
          await thief.rpop(at.seals);
          await ledger.note(id, entry);
        },
        'A seal that this bot has signed is missing',
      ],
    };

    it.each(Object.entries(attempts))('%s', async (_, [attempt, why]) => {
      await begin(id);
      const { sealNext } = createSealing(parts);
      expect(await sealNext()).toMatchObject({ kind: 'sealed' });
      const before = await thief.llen(at.seals);
      await attempt();
      expect(await sealNext()).toEqual({
        kind: 'refused',
        flaw: { place: expect.any(String), what: expect.stringContaining(why) },
      });
      expect(await thief.llen(at.seals)).toBeLessThanOrEqual(before);
    });
  });

  it('goes on when what was forged is gone', async () => {
    await begin('f'.repeat(32));
    const { sealNext } = createSealing(parts);
    const forged = await thief.xadd(at.stream, '*', 'record', 'x');
    expect(await sealNext()).toMatchObject({ kind: 'refused' });
    await thief.xdel(at.stream, forged ?? '');
    expect(await sealNext()).toMatchObject({ kind: 'sealed' });
    await ledger.note('', entry);
    expect((await ledger.chainEnd(SYSTEM_CHAIN))?.seq).toBe(1);
  });
});

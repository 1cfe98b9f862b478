import { z } from 'zod';
import type { Archived, ArchiveLedger } from '../../core/audit/archive-port';
import { STREAM_START } from '../../core/audit/stream';
import { ARCHIVE, TRIM_STREAM } from './audit-scripts';
import { malformed } from './ledger-fault';
import type { Store } from './redis-chains';

const Kept: z.ZodType<Archived> = z.strictObject({
  id: z.string(),
  label: z.string(),
  place: z.string(),
  at: z.int(),
  seq: z.int(),
  head: z.string(),
});

const AT_ONCE = 500;

/** How requests and records leave Redis. */
export function redisArchive(store: Store): ArchiveLedger {
  const { redis, keys } = store;
  return {
    async archive({ id, label, rev, audit }, { place, at }) {
      const plan = await planOf(store, id);
      const kept: Archived = { id, label, place, at, ...audit };
      const own = [keys.request(id), keys.audit(id), keys.delivered(id)];
      const indexes = [keys.open, keys.unreported, keys.byLabel, keys.archived, keys.sealedEnds];
      const touched = [...own, ...indexes, ...(plan === null ? [] : [keys.plan(plan)])];
      return (
        (await redis.run(ARCHIVE, touched, [id, rev, audit.seq, audit.head, label, JSON.stringify(kept)])) ===
        1
      );
    },
    async archived(label) {
      const text = await redis.read((calls) => calls.hget(keys.archived, label));
      return text === null ? null : readArchived(text);
    },
    async allArchived() {
      const all = await redis.read((calls) => calls.hvals(keys.archived));
      return new Map(all.map(readArchived).map((kept) => [kept.id, kept]));
    },
    async trimPlans() {
      // The plans first: whatever is written after this look is not touched.
      const plans = await scan(store, keys.plan('*'));
      if (plans.length === 0) return 0;
      const named = new Set<string>();
      for (const id of Object.values(await redis.read((calls) => calls.hgetall(keys.byLabel)))) {
        const plan = await planOf(store, id);
        if (plan !== null) named.add(keys.plan(plan));
      }
      const unnamed = plans.filter((plan) => !named.has(plan));
      for (let at = 0; at < unnamed.length; at += AT_ONCE) {
        await redis.write((calls) => calls.unlink(...unnamed.slice(at, at + AT_ONCE)));
      }
      return unnamed.length;
    },
    async trimStream(to) {
      await redis.run(TRIM_STREAM, [keys.stream, keys.trimmedTo], [to, after(to)]);
    },
    trimmedTo: async () => (await redis.read((calls) => calls.get(keys.trimmedTo))) ?? STREAM_START,
  };
}

function readArchived(text: string): Archived {
  try {
    return Kept.parse(JSON.parse(text));
  } catch (cause) {
    throw malformed('The index of the archive', cause);
  }
}

/** The digest of the plan that a request's text names. */
async function planOf({ redis, keys }: Store, id: string): Promise<string | null> {
  const text = await redis.read((calls) => calls.hget(keys.request(id), 'record'));
  return /"plan":"([0-9a-f]{64})"/.exec(text ?? '')?.[1] ?? null;
}

async function scan({ redis }: Store, pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor = '0';
  do {
    const [next, keys] = await redis.read((calls) =>
      calls.scan(cursor, 'MATCH', pattern.replace(/[[\]?\\]/g, '\\$&'), 'COUNT', 1_000),
    );
    found.push(...keys);
    cursor = next;
  } while (cursor !== '0');
  return found;
}

/** The smallest position after this one. */
function after(position: string): string {
  const [time, number] = position.split('-');
  return `${time}-${Number(number) + 1}`;
}

import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { COMMIT, NOTE } from '../../src/jobs/ledger/scripts';

/** What the ledger holds of one command whose card stands: the reference writes texts of the same size. */
export interface CourseTexts {
  readonly record: string;
  readonly plan: string;
  /** The records of the chain, in their order: intake, plan, report. */
  readonly chain: readonly string[];
  /** The key of the card, and what was delivered of it. */
  readonly card: string;
}

/** The same length as the product's own prefix. */
const REFERENCE_PREFIX = '{practice}';
const GUID = '4ae3568c-e02b-4554-bdca-fc1aef4fa70a';

/** Reads what the one request of the ledger has left there. */
export async function courseTexts(redis: Redis, prefix: string): Promise<CourseTexts> {
  const keys = ledgerKeys(prefix);
  const [id = ''] = await redis.zrange(keys.open, '0', '0');
  const record = (await redis.hget(keys.request(id), 'record')) ?? '';
  const [, digest = ''] = /"plan":"([0-9a-f]{64})"/.exec(record) ?? [];
  const plan = await redis.get(keys.plan(digest));
  const chain = await redis.lrange(keys.audit(id), 0, -1);
  const card = await redis.hget(keys.delivered(id), 'card');
  if (plan === null || card === null || chain.length !== 3) throw new Error('the card does not stand yet');
  return { record, plan, chain, card };
}

/** The product's own script for a plan, on a request as its intake has left it. */
export async function commitPlan(
  redis: Redis,
  { record, plan, chain }: CourseTexts,
  { id, label, head }: { readonly id: string; readonly label: string; readonly head: string },
): Promise<void> {
  const keys = ledgerKeys(REFERENCE_PREFIX);
  const touched = [keys.request(id), keys.audit(id), keys.stream, keys.open, keys.unreported];
  const indexes = [keys.origins, keys.claims, keys.writes, keys.changing, keys.toReview];
  const all = [...touched, ...indexes, keys.plan(randomBytes(32).toString('hex'))];
  const next = ['waiting', record, '0', 2, headOf(chain[1]), label, '', plan];
  const lists = [1, chain[1] ?? '', 0, 0, 0, 0, 1, GUID, 0];
  const answer = await redis.evalsha(
    COMMIT.sha,
    all.length,
    ...all,
    id,
    'planning',
    0,
    head,
    ...next,
    ...lists,
  );
  mustBeDone(answer);
}

/** The product's own script for a message that stands. */
export async function noteCard(redis: Redis, { chain, card }: CourseTexts, id: string): Promise<void> {
  const keys = ledgerKeys(REFERENCE_PREFIX);
  const touched = [keys.request(id), keys.audit(id), keys.stream, keys.delivered(id)];
  const args = [headOf(chain[1]), chain[2] ?? '', 3, headOf(chain[2]), '1', 'card', card];
  mustBeDone(await redis.evalsha(NOTE.sha, touched.length, ...touched, ...args));
}

function headOf(link: string | undefined): string {
  return (JSON.parse(link ?? '{}') as { hash?: string }).hash ?? '';
}

function mustBeDone(answer: unknown): void {
  if (!Array.isArray(answer) || answer[0] !== 1) throw new Error(`a script did nothing: ${String(answer)}`);
}

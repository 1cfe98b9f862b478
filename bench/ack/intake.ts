import type { Redis } from 'ioredis';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { RECORD_INTAKE } from '../../src/jobs/ledger/scripts';
import { INTAKE_KEY_LIFE_S } from '../../src/jobs/ledger/transition';

/** What the bot has recorded for one command: the reference records texts of the same size. */
export interface IntakeTexts {
  readonly record: string;
  readonly audit: string;
  readonly hash: string;
}

/** Keys of the reference begin with this: as long as the product's own prefix. */
const REFERENCE_PREFIX = '{practice}';

/** Reads what a request's intake left in the ledger, before anything else happened to it. */
export async function intakeTexts(redis: Redis, prefix: string): Promise<IntakeTexts> {
  const keys = ledgerKeys(prefix);
  const [id = ''] = await redis.zrange(keys.open, '0', '0');
  const [record, hash] = await redis.hmget(keys.request(id), 'record', 'head');
  const [audit] = await redis.lrange(keys.audit(id), 0, 0);
  if (!record || !hash || !audit) throw new Error('the bot has recorded no intake');
  return { record, hash, audit };
}

/** The one script: the intake's own, with as many keys and arguments as long as in the product. `id` and `trigger` are new each time. */
export function recordRaw(
  redis: Redis,
  { record, audit, hash }: IntakeTexts,
  own: { id: string; trigger: string },
): Promise<unknown> {
  const { id, trigger } = own;
  const keys = ledgerKeys(REFERENCE_PREFIX);
  const touched = [keys.request(id), keys.audit(id), keys.stream, keys.open, keys.unreported];
  const indexes = [keys.intakeKey(`trigger-${trigger}`), keys.labels, keys.byLabel];
  const args = [id, record, INTAKE_KEY_LIFE_S, audit, hash];
  return redis.evalsha(RECORD_INTAKE.sha, touched.length + indexes.length, ...touched, ...indexes, ...args);
}

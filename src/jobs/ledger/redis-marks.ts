import type { Ledger } from '../../core/ports';
import { foldCase } from '../../core/delegation/values';
import { originKey } from '../../core/survey/landscape';
import type { Store } from './redis-chains';
import type { RedisCalls } from './redis-connection';
import { MARK_WRITE } from './scripts';
import { readClaims, readWrite } from './stored-marks';

/** So many values are asked for at once: a whole domain's would keep everybody else waiting. */
const AT_ONCE = 5_000;

/** What outcomes and writes tell of values and objects, in Redis: indexes, most of them kept by the commits. */
export function redisMarks({
  redis,
  keys,
}: Store): Pick<Ledger, 'changing' | 'claims' | 'lastWrites' | 'markWrite' | 'origins'> {
  const keysOf = (values: Parameters<Ledger['origins']>[0]): readonly string[] =>
    values.map(({ guid, value }) => originKey(guid, value));
  return {
    origins: (values) => readFields(redis, keys.origins, keysOf(values)),
    async claims(values) {
      return (await readFields(redis, keys.claims, keysOf(values))).map(readClaims);
    },
    changing: (guids, most) =>
      Promise.all(
        guids.map(async (guid) => {
          const of = `${foldCase(guid)} `;
          const found = await redis.read((calls) =>
            calls.zrange(keys.changing, `[${of}`, `(${of}\u007f`, 'BYLEX', 'LIMIT', '0', most),
          );
          return found.map((each) => each.slice(of.length));
        }),
      ),
    async markWrite({ id, state, rev }, { guid, server }) {
      const touched = [keys.request(id), keys.writes];
      return (await redis.run(MARK_WRITE, touched, [state, rev, foldCase(guid), server])) === 1;
    },
    async lastWrites(guids) {
      return (await readFields(redis, keys.writes, guids.map(foldCase))).map(readWrite);
    },
  };
}

async function readFields(
  redis: RedisCalls,
  hash: string,
  fields: readonly string[],
): Promise<readonly (string | null)[]> {
  const found: (string | null)[] = [];
  for (let at = 0; at < fields.length; at += AT_ONCE) {
    found.push(...(await redis.read((calls) => calls.hmget(hash, ...fields.slice(at, at + AT_ONCE)))));
  }
  return found;
}

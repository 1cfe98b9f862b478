import { z } from 'zod';
import type { Ledger } from '../../core/ports';
import { malformed } from './ledger-fault';
import type { Store } from './redis-chains';
import { COUNT, SWAP_FIELD, SWAP_TEXT } from './scripts';
import { byHost, readCordon, writeCordon } from './stored-cordon';
import { readFreeze, writeFreeze } from './stored-freeze';

/** What holds for all requests alike. */
export type Standing = Pick<
  Ledger,
  | 'cordons'
  | 'setCordon'
  | 'freezeState'
  | 'setFreezeState'
  | 'settingsDigest'
  | 'setSettingsDigest'
  | 'countWithin'
>;

/** What holds for all requests alike, in Redis: the freeze, cordons, by which settings programs work, and counts. */
export function redisStanding({ redis, keys }: Store): Standing {
  return {
    async freezeState() {
      const text = await redis.read((calls) => calls.get(keys.freeze));
      return text === null ? null : readFreeze(text);
    },
    async setFreezeState(seen, next) {
      const texts = [seen ? writeFreeze(seen) : '', writeFreeze(next)];
      return (await redis.run(SWAP_TEXT, [keys.freeze], texts)) === 1;
    },
    async cordons() {
      const texts = await redis.read((calls) => calls.hvals(keys.cordons));
      return texts.map(readCordon).toSorted(byHost);
    },
    async setCordon(seen, next) {
      const { host } = next.cordon.statement;
      const texts = [host, seen ? writeCordon(seen) : '', writeCordon(next)];
      return (await redis.run(SWAP_FIELD, [keys.cordons], texts)) === 1;
    },
    settingsDigest: (program) => redis.read((calls) => calls.hget(keys.settings, program)),
    async setSettingsDigest(program, digest) {
      await redis.write((calls) => calls.hset(keys.settings, program, digest));
    },
    async countWithin(key, windowMs) {
      const count = z.int().safeParse(await redis.run(COUNT, [keys.count(key)], [windowMs]));
      if (!count.success) throw malformed('A count', count.error);
      return count.data;
    },
  };
}

import type { Clock } from '../../core/ports';
import type { Standing } from './redis-standing';
import { byHost, readCordon, writeCordon } from './stored-cordon';
import { readFreeze, writeFreeze } from './stored-freeze';

/** What holds for all requests alike, in memory; texts as in Redis. */
export function memoryStanding(clock: Clock): Standing {
  let freeze = '';
  const cordons = new Map<string, string>();
  const digests = new Map<string, string>();
  const counts = new Map<string, { readonly count: number; readonly until: number }>();
  return {
    freezeState: async () => (freeze === '' ? null : readFreeze(freeze)),
    async setFreezeState(seen, next) {
      if (freeze !== (seen ? writeFreeze(seen) : '')) return false;
      freeze = writeFreeze(next);
      return true;
    },
    cordons: async () => [...cordons.values()].map(readCordon).toSorted(byHost),
    async setCordon(seen, next) {
      const { host } = next.cordon.statement;
      if ((cordons.get(host) ?? '') !== (seen ? writeCordon(seen) : '')) return false;
      cordons.set(host, writeCordon(next));
      return true;
    },
    settingsDigest: async (program) => digests.get(program) ?? null,
    async setSettingsDigest(program, digest) {
      digests.set(program, digest);
    },
    async countWithin(key, windowMs) {
      const known = counts.get(key);
      const now = clock.now();
      const next =
        known && known.until > now
          ? { ...known, count: known.count + 1 }
          : { count: 1, until: now + windowMs };
      counts.set(key, next);
      return next.count;
    },
  };
}

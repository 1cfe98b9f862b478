import type { LoadLedger } from '../../core/hyperv/load-port';
import { LoadSample, SAMPLES_KEPT } from '../../core/hyperv/load-sample';
import type { Store } from './redis-chains';

/** The ring of each host's load. What cannot be read is left out: it only informs. */
export function redisLoad({ redis, keys }: Pick<Store, 'redis' | 'keys'>): LoadLedger {
  return {
    async noteLoad(host, sample) {
      const key = keys.load(host);
      await redis.write((calls) => calls.lpush(key, JSON.stringify(sample)));
      await redis.write((calls) => calls.ltrim(key, 0, SAMPLES_KEPT - 1));
      await redis.write((calls) => calls.set(keys.lastLoad, sample.at));
    },
    async lastLoad() {
      const at = Number((await redis.read((calls) => calls.get(keys.lastLoad))) ?? Number.NaN);
      return Number.isSafeInteger(at) ? at : null;
    },
    async loadOf(host, most = SAMPLES_KEPT) {
      const texts = await redis.read((calls) => calls.lrange(keys.load(host), 0, most - 1));
      return texts.flatMap((text) => readSample(text) ?? []).toReversed();
    },
  };
}

function readSample(text: string): LoadSample | null {
  try {
    return LoadSample.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

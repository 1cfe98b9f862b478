import { Home, type HomeLedger } from '../../core/moves/homes-port';
import type { Store } from './redis-chains';

/** Machines away from home. What cannot be read is left out: it only informs. */
export function redisHomes({ redis, keys }: Pick<Store, 'redis' | 'keys'>): HomeLedger {
  return {
    async noteHome(machine, home) {
      if (home === null) await redis.write((calls) => calls.hdel(keys.homes, machine));
      else await redis.write((calls) => calls.hsetnx(keys.homes, machine, JSON.stringify(home)));
    },
    async homes() {
      const texts = await redis.read((calls) => calls.hgetall(keys.homes));
      return new Map(Object.entries(texts).flatMap(([machine, text]) => readHome(machine, text)));
    },
  };
}

function readHome(machine: string, text: string): readonly (readonly [string, Home])[] {
  try {
    return [[machine, Home.parse(JSON.parse(text))]];
  } catch {
    return [];
  }
}

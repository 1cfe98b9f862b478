import { z } from 'zod';
import { MoveProgress, PROGRESS_MS, type ProgressLedger } from '../../core/moves/progress-port';
import type { Store } from './redis-chains';

const Stored = z.array(MoveProgress).max(4_096);

/** How far moves are. What cannot be read is left out: it only informs. */
export function redisProgress({ redis, keys }: Pick<Store, 'redis' | 'keys'>): ProgressLedger {
  return {
    async noteProgress(id, progress) {
      const text = JSON.stringify(progress);
      await redis.write((calls) => calls.set(keys.progress(id), text, 'PX', PROGRESS_MS));
    },
    async progressOf(id) {
      const text = await redis.read((calls) => calls.get(keys.progress(id)));
      return text === null ? [] : readProgress(text);
    },
  };
}

function readProgress(text: string): readonly MoveProgress[] {
  try {
    return Stored.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

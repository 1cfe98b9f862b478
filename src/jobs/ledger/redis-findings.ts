import type { Ledger } from '../../core/ports';
import { readBaseline } from './stored-baseline';
import type { Store } from './redis-chains';
import { SWAP_TEXT } from './scripts';

/** What findings were at the first run, in Redis: one text. */
export function redisFindings({
  redis,
  keys,
}: Store): Pick<Ledger, 'findingsBaseline' | 'setFindingsBaseline'> {
  return {
    async findingsBaseline() {
      const text = await redis.read((calls) => calls.get(keys.findingsBaseline));
      return text === null ? null : readBaseline(text);
    },
    async setFindingsBaseline(seen, next) {
      const texts = [seen ? JSON.stringify(seen) : '', JSON.stringify(next)];
      return (await redis.run(SWAP_TEXT, [keys.findingsBaseline], texts)) === 1;
    },
  };
}

import type { Ledger } from '../../core/ports';
import { originKey } from '../../core/survey/landscape';
import { readBaseline } from './stored-baseline';
import type { Store } from './redis-chains';
import { SET_BASELINE } from './scripts';

type FindingsPart = Pick<Ledger, 'origins' | 'findingsBaseline' | 'setFindingsBaseline'>;

/** What findings need of the ledger, in Redis: an index of values, kept by the commits, and one text. */
export function redisFindings({ redis, keys }: Store): FindingsPart {
  return {
    async origins(values) {
      if (values.length === 0) return [];
      const fields = values.map(({ guid, value }) => originKey(guid, value));
      return redis.read((calls) => calls.hmget(keys.origins, ...fields));
    },
    async findingsBaseline() {
      const text = await redis.read((calls) => calls.get(keys.findingsBaseline));
      return text === null ? null : readBaseline(text);
    },
    async setFindingsBaseline(seen, next) {
      const texts = [seen ? JSON.stringify(seen) : '', JSON.stringify(next)];
      return (await redis.run(SET_BASELINE, [keys.findingsBaseline], texts)) === 1;
    },
  };
}

import type { Ledger } from '../../core/ports';
import { originKey } from '../../core/survey/landscape';
import { readBaseline } from './stored-baseline';

type FindingsPart = Pick<Ledger, 'origins' | 'findingsBaseline' | 'setFindingsBaseline'>;

/** What findings need of the ledger, in memory; `origins` is filled by the commits. */
export function memoryFindings(origins: ReadonlyMap<string, string>): FindingsPart {
  let kept = '';
  return {
    origins: async (values) => values.map(({ guid, value }) => origins.get(originKey(guid, value)) ?? null),
    findingsBaseline: async () => (kept === '' ? null : readBaseline(kept)),
    async setFindingsBaseline(seen, next) {
      if (kept !== (seen ? JSON.stringify(seen) : '')) return false;
      kept = JSON.stringify(next);
      return true;
    },
  };
}

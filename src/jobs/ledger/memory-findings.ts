import type { Ledger } from '../../core/ports';
import { readBaseline } from './stored-baseline';

/** What findings were at the first run, in memory; as a text, as in Redis. */
export function memoryFindings(): Pick<Ledger, 'findingsBaseline' | 'setFindingsBaseline'> {
  let kept = '';
  return {
    findingsBaseline: async () => (kept === '' ? null : readBaseline(kept)),
    async setFindingsBaseline(seen, next) {
      if (kept !== (seen ? JSON.stringify(seen) : '')) return false;
      kept = JSON.stringify(next);
      return true;
    },
  };
}

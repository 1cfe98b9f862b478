import { PROGRESS_MS, type MoveProgress, type ProgressLedger } from '../../core/moves/progress-port';
import type { Clock } from '../../core/ports';

/** How far moves are, in memory. */
export function memoryProgress(clock: Pick<Clock, 'monotonic'>): ProgressLedger {
  const noted = new Map<string, { progress: readonly MoveProgress[]; until: number }>();
  return {
    async noteProgress(id, progress) {
      noted.set(id, { progress: structuredClone(progress), until: clock.monotonic() + PROGRESS_MS });
    },
    async progressOf(id) {
      const found = noted.get(id);
      return found && found.until > clock.monotonic() ? structuredClone(found.progress) : [];
    },
  };
}

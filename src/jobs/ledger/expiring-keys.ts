import type { Clock } from '../../core/ports';

/** Keys in memory that are forgotten after so many seconds. A key that is still known keeps its value and its end. */
export function expiringKeys(clock: Clock, lifeS: number) {
  const entries = new Map<string, { value: string; until: number }>();
  const get = (key: string): string | null => {
    const entry = entries.get(key);
    return entry && entry.until > clock.now() ? entry.value : null;
  };
  return {
    get,
    add(key: string, value: string): void {
      if (get(key) === null) entries.set(key, { value, until: clock.now() + lifeS * 1000 });
    },
  };
}

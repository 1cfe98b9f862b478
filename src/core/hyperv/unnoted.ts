/** Load is noted every minute: after so long, in milliseconds, nobody is there who does. */
const UNNOTED_MS = 5 * 60_000;

/**
 * Since when no Windows worker is there, by when load was noted last, both in milliseconds since 1970; 0: none has ever been, null: one is. `last` is
 * null where nothing was ever noted.
 */
export function unnotedSince(last: number | null, now: number): number | null {
  const at = last ?? 0;
  return now - at > UNNOTED_MS ? at : null;
}

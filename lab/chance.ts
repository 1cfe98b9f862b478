/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export interface Chance {
  /** From `least` up to `most`, both whole and both possible. */
  whole(least: number, most: number): number;
  /** At least 0, less than 1. */
  fraction(): number;
  of<T>(items: readonly [T, ...T[]]): T;
}

/** Begins with a seed. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number): number => least + Math.floor(fraction() * (most - least + 1));
  return { fraction, whole, of: ([first, ...rest]) => [first, ...rest][whole(0, rest.length)] ?? first };
}

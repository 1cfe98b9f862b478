/** Freezes a value and all that is in it, and gives it: for what several are given as one object. Plain data only, without circles. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

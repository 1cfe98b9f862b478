import { foldCase } from '../delegation/values';

/** Items by key, groups and items in their order of appearance. */
export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Sorted by key without regard to case. A key of its own for each item makes the order the same for every order of the input. */
export function inOrder<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return items
    .map((item) => ({ item, key: keyOf(item), folded: foldCase(keyOf(item)) }))
    .toSorted((a, b) => order(a.folded, b.folded) || order(a.key, b.key))
    .map(({ item }) => item);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

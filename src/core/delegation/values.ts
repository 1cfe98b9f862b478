/**
 * Directory values as sets: compared without regard to letter case, kept in their stored spelling. Only ASCII letters
 * fold, because Unicode folding turns look-alikes into plain letters (U+212A, the Kelvin sign, into k).
 */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  // Nearly all texts are plain ASCII: a mesh folds millions, and letter by letter takes five times as long.
  if (lower === text || !/[\u0080-\uffff]/.test(text)) return lower;
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** True when both texts are the same but for ASCII letter case. */
export function isSameText(a: string, b: string): boolean {
  return foldCase(a) === foldCase(b);
}

/** In code-unit order of the folded text; spellings that fold alike in code-unit order of their own, so one set has one order. */
export function sortValues(values: readonly string[]): readonly string[] {
  // What comes from a plan is in order already.
  if (isInOrder(values)) return values;
  return values
    .map((value) => ({ value, folded: foldCase(value) }))
    .toSorted((a, b) => order(a.folded, b.folded) || order(a.value, b.value))
    .map(({ value }) => value);
}

function isInOrder(values: readonly string[]): boolean {
  let last = '';
  let lastFolded = '';
  for (const value of values) {
    const folded = foldCase(value);
    if ((order(lastFolded, folded) || order(last, value)) > 0) return false;
    last = value;
    lastFolded = folded;
  }
  return true;
}

/** Whether `value` is in the list, in any spelling. */
export function isAmong(values: readonly string[], value: string): boolean {
  const wanted = foldCase(value);
  return values.some((each) => foldCase(each) === wanted);
}

/** The same about one list for many values: the list is folded once, and not at all for values that are spelled alike. */
export function among(values: readonly string[]): (value: string) => boolean {
  if (values.length === 0) return () => false;
  const spelled = new Set(values);
  let folded: ReadonlySet<string> | null = null;
  return (value) => {
    if (spelled.has(value)) return true;
    folded ??= new Set(values.map(foldCase));
    return folded.has(foldCase(value));
  };
}

/** The values that are not in `others`, in any spelling; sorted. */
export function minusValues(values: readonly string[], others: readonly string[]): readonly string[] {
  const isKnown = among(others);
  return sortValues(values.filter((value) => !isKnown(value)));
}

/** All of `values` as they are spelled, and those of `others` that are missing there; sorted. */
export function unionValues(values: readonly string[], others: readonly string[]): readonly string[] {
  return sortValues([...values, ...minusValues(others, values)]);
}

/** True when both lists hold the same values, in any order and spelling; doubles do not count. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return a.length === b.length;
  return a.every(among(b)) && b.every(among(a));
}

/** True when both lists hold the same texts, spelled alike and in the same order. */
export function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

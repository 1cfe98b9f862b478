/**
 * Directory values as sets: compared without regard to letter case, kept in their stored spelling. Only ASCII letters
 * fold, because Unicode folding turns look-alikes into plain letters (U+212A, the Kelvin sign, into k).
 */
export function foldCase(text: string): string {
  // Within ASCII both give the same, and plans of many hosts fold millions of texts.
  if (!/[\u0080-\uFFFF]/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** True when both texts are the same but for ASCII letter case. */
export function isSameText(a: string, b: string): boolean {
  return foldCase(a) === foldCase(b);
}

/** In code-unit order of the folded text; spellings that fold alike in code-unit order of their own, so one set has one order. */
export function sortValues(values: readonly string[]): readonly string[] {
  return values
    .map((value) => ({ value, folded: foldCase(value) }))
    .toSorted((a, b) => order(a.folded, b.folded) || order(a.value, b.value))
    .map(({ value }) => value);
}

/** Whether `value` is in the list, in any spelling. */
export function isAmong(values: readonly string[], value: string): boolean {
  const wanted = foldCase(value);
  return values.some((each) => foldCase(each) === wanted);
}

/** The values that are not in `others`, in any spelling; sorted. */
export function minusValues(values: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others.map(foldCase));
  return sortValues(values.filter((value) => !known.has(foldCase(value))));
}

/** All of `values` as they are spelled, and those of `others` that are missing there; sorted. */
export function unionValues(values: readonly string[], others: readonly string[]): readonly string[] {
  return sortValues([...values, ...minusValues(others, values)]);
}

/** True when both lists hold the same values, in any order and spelling; doubles do not count. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return minusValues(a, b).length === 0 && minusValues(b, a).length === 0;
}

/** True when both lists hold the same texts, spelled alike and in the same order. */
export function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

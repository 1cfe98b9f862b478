import { grouped } from '../../../core/delegation/grouped';
import type { ListChange } from '../../../core/delegation/plan';
import { isSameList } from '../../../core/delegation/values';
import { filled, nameLines } from '../names';
import { objectText, SIGNS, stayingIn, stayingText } from './change-lines';
import { findProducts, type Factored } from './find-products';
import { hostLines, isListable } from './host-lines';
import { expandProduct, type Product } from './product';
import { exceptionLines, sharedLines } from './product-lines';
import { spelled, valueLines } from './short-values';

/** More values than this that stay in every list alike become a number. */
const STAYING_SHOWN = 3;

/** What the changes do with one sign, in few words. */
interface Told extends Factored {
  readonly sign: (typeof SIGNS)[number]['sign'];
  readonly of: (typeof SIGNS)[number]['of'];
}

/**
 * The changes in the product form: objects that get the same share their lines, as `SHORT_FORM` and `legendOf` explain.
 * Null unless what a reader can tell from it is the plan to the letter.
 */
export function productChanges(changes: readonly ListChange[]): readonly string[] | null {
  const byName = new Map(changes.map((change) => [change.name, change]));
  if (byName.size !== changes.length || !changes.every(({ name }) => isListable(name))) return null;
  const told = factorChanges(changes);
  if (!saysExactly(told, changes)) return null;
  const said = new Set<ListChange>();
  return told.flatMap((each) => linesOf(each, { byName, said }));
}

/** Products and rows of their own, sign by sign. */
export function factorChanges(changes: readonly ListChange[]): readonly Told[] {
  return SIGNS.map(({ sign, of }) => {
    const rows = changes.map((change) => ({ source: change.name, values: change[of] }));
    return { sign, of, ...findProducts(rows.filter(({ values }) => values.length > 0)) };
  });
}

/** Whether a reader can tell from it what is added, removed and kept: each value of each object, and nothing else. */
export function saysExactly(told: readonly Told[], changes: readonly ListChange[]): boolean {
  return told.every(({ of, products, alone }) => {
    const rows = [...products.flatMap((product) => expandProduct(product)), ...alone];
    const bySource = new Map(rows.map(({ source, values }) => [source, values]));
    return (
      rows.length === changes.filter((change) => change[of].length > 0).length &&
      changes.every((change) => areSame(bySource.get(change.name) ?? [], change[of]))
    );
  });
}

/** The same values in the same spelling, each once. */
function areSame(told: readonly string[], meant: readonly string[]): boolean {
  const values = new Set(told);
  const sizes = new Set([values.size, told.length, meant.length, new Set(meant).size]);
  return sizes.size === 1 && meant.every((value) => values.has(value));
}

interface Telling {
  readonly byName: ReadonlyMap<string, ListChange>;
  /** Changes of which it is said already what stays. */
  readonly said: Set<ListChange>;
}

function linesOf({ sign, products, alone }: Told, telling: Telling): readonly string[] {
  const changesOf = (sources: readonly string[]): readonly ListChange[] =>
    sources.flatMap((source) => telling.byName.get(source) ?? []);
  return [
    ...products.flatMap((product) =>
      productLines(product, sign, { ...telling, changes: changesOf(product.sources) }),
    ),
    ...alone.flatMap(({ source, values }) => {
      const changes = changesOf([source]);
      return [
        ...changes.map(objectText),
        ...valueLines(values).map((line) => `${sign}  ${line}`),
        ...stayingLines(unsaid(changes, telling)),
      ];
    }),
  ];
}

function productLines(
  product: Product,
  sign: string,
  { changes, ...telling }: Telling & { readonly changes: readonly ListChange[] },
): readonly string[] {
  return [
    ...hostLines('Each of these', changes),
    ...sharedLines(product).map((line) => `${sign}  ${line}`),
    ...exceptionLines(product),
    ...stayingLines(unsaid(changes, telling)),
  ];
}

function unsaid(changes: readonly ListChange[], { said }: Telling): readonly ListChange[] {
  const news = changes.filter((change) => !said.has(change));
  for (const change of news) said.add(change);
  return news;
}

/** What stays in the lists: the values where they are few and everywhere the same, else how many. */
function stayingLines(changes: readonly ListChange[]): readonly string[] {
  const staying = changes.map((change) => ({ name: change.name, values: stayingIn(change) }));
  const [first] = staying;
  if (!first) return [];
  if (
    staying.every(({ values }) => isSameList(values, first.values)) &&
    first.values.length <= STAYING_SHOWN
  ) {
    return first.values.map((value) => `=  ${spelled(value)}`);
  }
  const byCount = grouped(staying, ({ values }) => String(values.length));
  const [only, ...others] = byCount;
  if (only && others.length === 0) {
    const each = changes.length > 1 ? ' in each of these lists' : '';
    return first.values.length === 0 ? [] : [`=  ${stayingText(first.values.length)}${each}`];
  }
  // Most of them first, and not by name: the others are what is to be told apart.
  const [most = [], ...fewer] = byCount.toSorted((a, b) => b.length - a.length);
  const texts = fewer.flatMap((group) =>
    nameLines(group.map(({ name }) => name)).map((names) => `${countOf(group)} in ${names}`),
  );
  return filled([`${countOf(most)} in each of these lists`, ...texts], '; ').map(
    (line, index) => `=  ${index === 0 ? 'other values that stay: ' : 'and '}${line}`,
  );
}

function countOf(group: readonly { readonly values: readonly string[] }[]): number {
  return group[0]?.values.length ?? 0;
}

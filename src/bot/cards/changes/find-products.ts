import { exceptionOf, productOf, readRow, type Product, type ReadRow, type ValueRow } from './product';
import { candidates } from './product-candidates';
import { exceptionText, sharedLines } from './product-lines';
import { valueLines, type HostServices } from './short-values';

/** Rows in few words: those that share their values, and those that stand better alone. */
export interface Factored {
  readonly products: readonly Product[];
  readonly alone: readonly ValueRow[];
}

/** Tries no more than this: what is left then stands alone. */
const MOST_PRODUCTS = 12;

/** Finds rows that share their values, where that is shorter than the rows alone. */
export function findProducts(rows: readonly ValueRow[]): Factored {
  const all = rows.map((row) => priced(row));
  // What fits badly here may fit another product well, so the good ones are looked for first.
  const good = split(all, { groups: [], fit: 0.8 });
  const { groups, rest } = split(good.rest, { groups: adopted(good.groups, good.rest), fit: 0.3 });
  return { products: groups.map(({ rows: own, shared }) => productOf(own, shared)), alone: rest };
}

interface PricedRow extends ReadRow {
  /** Characters that its values take alone. */
  readonly price: number;
}

/** Rows with what they share. */
interface Group {
  readonly rows: readonly PricedRow[];
  readonly shared: readonly HostServices[];
}

function priced(row: ValueRow): PricedRow {
  return { ...readRow(row), price: textLength(valueLines(row.values)) };
}

/** More groups beside those given, each of rows that save at least so much of their price; and what is in no group. */
function split(
  rows: readonly PricedRow[],
  { groups, fit }: { readonly groups: readonly Group[]; readonly fit: number },
): { readonly groups: readonly Group[]; readonly rest: readonly PricedRow[] } {
  const found = [...groups];
  const taken = new Set(groups.flatMap((group) => group.rows));
  let rest = rows.filter((row) => !taken.has(row));
  while (rest.length > 1 && found.length < MOST_PRODUCTS) {
    const [best] = candidates(rest)
      .map((shared) => attempt(rest, { shared, fit }))
      .toSorted((a, b) => b.saved - a.saved);
    if (!best || best.saved <= 0) break;
    found.push(best.group);
    rest = rest.filter((row) => !best.group.rows.includes(row));
  }
  return { groups: found, rest };
}

/** A group of the rows that fit, and how many characters it saves. */
function attempt(
  rows: readonly PricedRow[],
  { shared, fit }: { readonly shared: readonly HostServices[]; readonly fit: number },
): { readonly group: Group; readonly saved: number } {
  const costs = rows.map((row) => ({ row, saved: row.price - exceptionPrice(row, shared) }));
  const taken = costs.filter(({ row, saved }) => saved > fit * row.price);
  const group = { rows: taken.map(({ row }) => row), shared };
  const cost = textLength(sharedLines(productOf(group.rows, shared)));
  const saved = taken.reduce((sum, each) => sum + each.saved, -cost);
  return { group, saved: taken.length > 1 ? saved : 0 };
}

/** The groups, each with those of the other rows that are shorter in it than alone, and than in any other. */
function adopted(groups: readonly Group[], others: readonly PricedRow[]): readonly Group[] {
  const home = new Map<PricedRow, Group>();
  for (const row of others) {
    const [best] = groups
      .map((group) => ({ group, price: exceptionPrice(row, group.shared) }))
      .toSorted((a, b) => a.price - b.price);
    if (best && best.price < row.price) home.set(row, best.group);
  }
  return groups.map((group) => ({
    ...group,
    rows: [...group.rows, ...others.filter((row) => home.get(row) === group)],
  }));
}

function exceptionPrice(row: ReadRow, shared: readonly HostServices[]): number {
  return textLength(exceptionText(exceptionOf(row, shared), shared).map((line) => `${row.source}: ${line}`));
}

function textLength(lines: readonly string[]): number {
  return lines.join('\n').length;
}

import { foldCase } from '../../../core/delegation/values';
import { shortValues, valuesOfHost, type HostServices } from './short-values';

/** One object's values, all of them added, or all removed, or all kept. */
export interface ValueRow {
  /** The object's name; no two rows have the same. */
  readonly source: string;
  readonly values: readonly string[];
}

/** What a row lacks of the shared values, and what it has beside them. */
export interface Exception {
  readonly source: string;
  readonly without: readonly string[];
  readonly also: readonly string[];
}

/**
 * Rows that share their values: each source has the values of all these hosts but its own, without and with what the
 * exceptions say of it.
 */
export interface Product {
  readonly sources: readonly string[];
  readonly shared: readonly HostServices[];
  /** At most one of each source. */
  readonly exceptions: readonly Exception[];
}

/** The rows that a product stands for: what a reader can tell from it. */
export function expandProduct({ sources, shared, exceptions }: Product): readonly ValueRow[] {
  const byName = new Map(exceptions.map((exception) => [exception.source, exception]));
  return sources.map((source) => {
    const { without = [], also = [] } = byName.get(source) ?? {};
    const gone = new Set(without);
    const own = sharedOf(shared, source).flatMap(valuesOfHost);
    return { source, values: [...own.filter((value) => !gone.has(value)), ...also] };
  });
}

/** A row as it is compared with what others share. */
export interface ReadRow extends ValueRow {
  readonly hosts: readonly HostServices[];
  readonly keys: ReadonlySet<string>;
  readonly others: readonly string[];
}

/** Reads what the values of a row are of. */
export function readRow(row: ValueRow): ReadRow {
  const { hosts, others } = shortValues(row.values);
  return { ...row, hosts, others, keys: new Set(hosts.map(hostKey)) };
}

/** Names all that a host stands for, so that equal keys are equal values. */
export function hostKey({ label, services, domain }: HostServices): string {
  return `${label} ${services.join()} ${domain}`;
}

/** The product of these rows with these hosts. Values in which a row differs become its exception. */
export function productOf(rows: readonly ReadRow[], shared: readonly HostServices[]): Product {
  return {
    sources: rows.map(({ source }) => source),
    shared,
    exceptions: rows.flatMap((row) => {
      const exception = exceptionOf(row, shared);
      return exception.without.length + exception.also.length === 0 ? [] : [exception];
    }),
  };
}

/** What a row lacks of the shared values and has beside them. */
export function exceptionOf(
  { source, hosts, keys, others }: ReadRow,
  shared: readonly HostServices[],
): Exception {
  const wanted = sharedOf(shared, source);
  const wantedKeys = new Set(wanted.map(hostKey));
  const lacking = wanted.filter((host) => !keys.has(hostKey(host))).flatMap(valuesOfHost);
  const extra = hosts.filter((host) => !wantedKeys.has(hostKey(host))).flatMap(valuesOfHost);
  const [lackingSet, extraSet] = [new Set(lacking), new Set(extra)];
  return {
    source,
    without: lacking.filter((value) => !extraSet.has(value)),
    also: [...extra.filter((value) => !lackingSet.has(value)), ...others],
  };
}

function sharedOf(shared: readonly HostServices[], source: string): readonly HostServices[] {
  return shared.filter(({ label }) => foldCase(label) !== source);
}

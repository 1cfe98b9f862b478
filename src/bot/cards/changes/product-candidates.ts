import { grouped } from '../../../core/delegation/grouped';
import { foldCase } from '../../../core/delegation/values';
import { hostKey, type ReadRow } from './product';
import type { HostServices } from './short-values';

const MOST_CANDIDATES = 5;
const MOST_SPELLINGS = 3;

/** What rows may share: exactly the same, with or without a host's own values, most rows first; or what most of them have. */
export function candidates(rows: readonly ReadRow[]): readonly (readonly HostServices[])[] {
  const known = new Map(rows.flatMap(({ hosts }) => hosts.map((host) => [hostKey(host), host] as const)));
  const own = ownKeys(rows, known);
  const counts = new Map<string, number>();
  for (const { source, keys } of rows) {
    for (const set of [keys, ...(own.get(source) ?? []).map((key) => new Set([...keys, key]))]) {
      const text = [...set].toSorted().join('\n');
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const same = [...counts]
    .filter(([text, count]) => count > 1 && text !== '')
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_CANDIDATES)
    .map(([text]) => text.split('\n'));
  return [...same, commonKeys(rows)]
    .map((keys) => oneOfEach(keys.flatMap((key) => known.get(key) ?? [])))
    .filter(({ length }) => length > 0);
}

/** How others name a source, most often first. */
function ownKeys(
  rows: readonly ReadRow[],
  known: ReadonlyMap<string, HostServices>,
): ReadonlyMap<string, readonly string[]> {
  const sources = new Set(rows.map(({ source }) => source));
  const labelOf = (key: string): string => foldCase(known.get(key)?.label ?? '');
  const named = [...countsOf(rows)].filter(([key]) => sources.has(labelOf(key)));
  const bySource = grouped(named, ([key]) => labelOf(key));
  return new Map(
    bySource.map((group) => [
      labelOf(group[0]?.[0] ?? ''),
      group
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, MOST_SPELLINGS)
        .map(([key]) => key),
    ]),
  );
}

/** What more than half of the rows have that could have it. */
function commonKeys(rows: readonly ReadRow[]): readonly string[] {
  const sources = new Set(rows.map(({ source }) => source));
  return [...countsOf(rows)]
    .filter(([key, count]) => {
      const label = foldCase(key.split(' ', 1)[0] ?? '');
      return count * 2 > rows.length - (sources.has(label) ? 1 : 0);
    })
    .map(([key]) => key);
}

function countsOf(rows: readonly ReadRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { keys } of rows) {
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Two hosts of one short name could not be told apart in an exception. */
function oneOfEach(hosts: readonly HostServices[]): readonly HostServices[] {
  const byLabel = new Map(hosts.toReversed().map((host) => [foldCase(host.label), host]));
  return hosts.filter((host) => byLabel.get(foldCase(host.label)) === host);
}

import type { AuditRecord } from '../../core/request/audit';
import { moment, printable } from './moment';

/** What is said first, and by its value alone. */
const SPOKEN = ['command', 'plan', 'verdict', 'outcome', 'object', 'message', 'how', 'summary', 'sentence'];

/** A chain for a terminal, one record after the other: number, when, who, what, and all that it tells. */
export function timelineLines(records: readonly AuditRecord[]): readonly string[] {
  return records.flatMap(({ seq, at, who, what, detail }) => {
    const told = Object.entries(detail).filter(
      ([, value]) => value !== null && value !== '' && value !== false,
    );
    const lists = told.map(([key, value]) => ({ key, values: isList(value) ? value : [] }));
    const words = told
      .filter(([, value]) => !isList(value))
      .toSorted(([a], [b]) => rank(a) - rank(b))
      .map(([key, value]) =>
        SPOKEN.includes(key) && key !== 'plan'
          ? printable(String(value))
          : `${key} ${printable(String(value))}`,
      );
    const head = `${String(seq).padStart(4)}  ${moment(at)}  ${printable(who)}  ${printable(what)}`;
    return [
      words.length > 0 ? `${head}: ${words.join(' · ')}` : head,
      ...lists.flatMap(({ key, values }) => values.map((value) => `        ${key}: ${printable(value)}`)),
    ];
  });
}

function isList(value: AuditRecord['detail'][string]): value is readonly string[] {
  return Array.isArray(value);
}

function rank(key: string): number {
  const at = SPOKEN.indexOf(key);
  return at === -1 ? SPOKEN.length : at;
}

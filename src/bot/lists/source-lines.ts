import type { DelegationOverview } from '../../core/survey/views';
import { cell } from './table';

type Source = DelegationOverview['sources'][number];

const TRUST: Readonly<Record<Source['trust'], string>> = {
  none: 'none',
  unconstrained: 'EVERYONE',
  'kerberos-only': 'Kerberos',
  'any-protocol': 'any',
};

/** What the columns mean. */
export const SOURCE_LEGEND = 'else: values that Handover did not write · lost: values that nobody owns';

/** One line per delegating host: its trust, its values, and how many of them are not ours or lead to nobody. */
export function sourceLines(sources: readonly Source[]): readonly string[] {
  return [
    line(['host', 'trust', 'values', 'else', 'lost']),
    ...sources.map(({ name, trust, values, notOurs, ghosts }) =>
      line([name, TRUST[trust], shown(values), shown(notOurs), shown(ghosts)]),
    ),
  ];
}

/** 14, 8, 6, 4 and 4 columns, and the spaces between them. */
function line([host = '', trust = '', values = '', foreign = '', ghost = '']: readonly string[]): string {
  const counts = [
    values.slice(0, 6).padStart(6),
    foreign.slice(0, 4).padStart(4),
    ghost.slice(0, 4).padStart(4),
  ];
  return [cell(host, 14), cell(trust, 8), ...counts].join(' ');
}

function shown(count: number): string {
  return count === 0 ? '-' : String(count);
}

import type { HostName, HostTerm } from './ask';

/** The hosts that terms name, and whether `all` is among the terms. */
export interface NamedHosts {
  readonly names: readonly HostName[];
  readonly all: boolean;
}

/** Writes every range out: the names in the order in which they were typed; `all` is no name and is reported apart. */
export function namesOf(terms: readonly HostTerm[]): NamedHosts {
  const names = terms.flatMap((term) => {
    if (term.kind === 'range') return rangeNames(term);
    return term.kind === 'host' ? [term.host] : [];
  });
  return { names, all: terms.some(({ kind }) => kind === 'all') };
}

/** A term as a person types it, without quotation marks. */
export function termText(term: HostTerm): string {
  if (term.kind === 'all') return 'all';
  if (term.kind === 'host') return term.host.text;
  const { prefix, first, last, suffix } = term;
  return `${prefix}[${padded(term, first)}-${padded(term, last)}]${suffix}`;
}

/** A short name is taken for the same host as a full name that begins with it: nobody asks across domains like that. */
export function isSameHost(one: HostName, other: HostName): boolean {
  const [first, second] = [one.text.toLowerCase(), other.text.toLowerCase()];
  if (one.kind === other.kind) return first === second;
  return one.kind !== 'dn' && other.kind !== 'dn' && first.split('.')[0] === second.split('.')[0];
}

type RangeTerm = Extract<HostTerm, { kind: 'range' }>;

function rangeNames(range: RangeTerm): HostName[] {
  const { prefix, first, last, suffix } = range;
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    kind: 'short',
    text: `${prefix}${padded(range, first + index)}${suffix}`,
  }));
}

function padded({ digits }: RangeTerm, number: number): string {
  return String(number).padStart(digits, '0');
}

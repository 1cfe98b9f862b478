import type { HostName, HostTerm } from '../../../src/core/commands/ask';

const host =
  (kind: HostName['kind']) =>
  (text: string): HostTerm => ({ kind: 'host', host: { kind, text } });

/** A term of one host, by the kind of its name. */
export const [short, fqdn, dn] = [host('short'), host('fqdn'), host('dn')];

/** The term for every host. */
export const ALL: HostTerm = { kind: 'all' };

/** The range `prefix[first-last]suffix`; the width is that of `first`. */
export function range(prefix: string, [first, last]: [string, string], suffix = ''): HostTerm {
  const [from, to] = [Number(first), Number(last)];
  return { kind: 'range', prefix, first: from, last: to, digits: first.length, suffix };
}

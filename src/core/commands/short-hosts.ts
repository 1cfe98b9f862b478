import { labelOf } from '../survey/delegated-spn';
import type { HostName } from './ask';
import type { CommandCursor } from './cursor';
import { readHostList, type PlacedTerm } from './host-list';
import { namesOf } from './host-terms';
import { readOnlyHost } from './only-host';
import { quoteFound } from './problem';

/** What is expected where hosts are named for Hyper-V. */
export const HOSTS_EXPECTED = 'hosts such as hyper-v01,hyper-v02 or hyper-v0[1-4]';

/**
 * Reads one host for Hyper-V, which knows hosts by their short names: a full one is cut, and a distinguished name says nothing to it. `onlyOne`
 * is said to a list, a range or `all`, the rest to a distinguished name.
 */
export function readShortHost(
  cursor: CommandCursor,
  {
    onlyOne,
    summary = 'Hosts are asked by their names.',
    expected,
  }: { readonly onlyOne: string; readonly summary?: string; readonly expected: string },
): string {
  const { position } = cursor;
  const host = readOnlyHost(cursor, onlyOne);
  if (isNamed(host)) return labelOf(host.text);
  throw cursor.refuse('command.host', summary, { position, expected });
}

/** Reads hosts for Hyper-V, each by its name; `why` is said to `all` and to a distinguished name. */
export function readShortHosts(cursor: CommandCursor, why: string): readonly string[] {
  return readHostList(cursor, 'only').flatMap((placed) => shortNames(cursor, placed, why));
}

function shortNames(cursor: CommandCursor, { term, position }: PlacedTerm, why: string): readonly string[] {
  const { names, all } = namesOf([term]);
  const odd = names.find((name) => !isNamed(name));
  if (!all && !odd) return names.map(({ text }) => labelOf(text));
  const summary = `${all ? 'All hosts' : quoteFound(odd?.text ?? '')} ${why}`;
  throw cursor.refuse('command.host', summary, { position, expected: HOSTS_EXPECTED });
}

function isNamed({ kind }: HostName): boolean {
  return kind === 'short' || kind === 'fqdn';
}

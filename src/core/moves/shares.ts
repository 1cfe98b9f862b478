import type { DelegateAsk } from '../commands/ask';
import { listed } from '../delegation/listing';
import type { Verdict } from '../delegation/plan';
import type { HostReading } from '../hyperv-port';
import { askFor } from './delegation-for';
import type { Forecast } from './forecast';

/** A file server on which machines that move keep their disks, and the hosts that reach them there, before or after the move. */
export interface Share {
  readonly server: string;
  readonly hosts: readonly string[];
}

/** As many hosts as fit into one command. */
const MOST_HOSTS = 12;

/** The file servers whose shares hold disks of machines that change their host. */
export function sharesOf(
  hosts: readonly HostReading[],
  { moves }: Pick<Forecast, 'moves'>,
): readonly Share[] {
  const byServer = new Map<string, Set<string>>();
  for (const { machine: id, from, to } of moves) {
    const machine = hosts.find(({ host }) => host === from)?.facts?.machines.find((each) => each.id === id);
    const paths = from === to ? [] : (machine?.disks ?? []).filter(({ kind }) => kind === 'smb');
    for (const { path } of paths) {
      const [, server = ''] = /^\\\\([A-Za-z0-9-]{1,15})(?:\.[^\\]*)?\\/.exec(path) ?? [];
      if (server === '') continue;
      const known = byServer.get(server.toLowerCase()) ?? new Set();
      byServer.set(server.toLowerCase(), known.add(from).add(to));
    }
  }
  return [...byServer]
    .map(([server, all]) => ({ server, hosts: [...all].toSorted().slice(0, MOST_HOSTS) }))
    .toSorted((a, b) => (a.server < b.server ? -1 : 1));
}

/** The delegation that disks on a share need when a move is started from elsewhere: cifs of the file server, for both hosts (domain facts, section 1). */
export function delegationForShare({ server, hosts }: Share): DelegateAsk {
  return askFor({ sources: hosts, destinations: [server], way: 'one-way', services: ['cifs'] });
}

/** What is said of a share: nothing where both hosts may delegate to it; else what is missing, with the request for it. It refuses nothing: Windows’ own check does. */
export function shareVerdict(
  { server, hosts }: Share,
  found: { readonly missing: readonly string[] } | { readonly unknown: string },
  command: string,
): Verdict {
  const check = 'share.delegated';
  if ('unknown' in found) {
    return {
      check,
      verdict: 'warn',
      sentence: `Disks stay on \\\\${server}, and whether ${listed(hosts)} may delegate to it cannot be looked up: ${found.unknown}`,
      remedy: `If a move fails for it, ask /${command}.`,
    };
  }
  if (found.missing.length === 0) {
    return { check, verdict: 'ok', sentence: `Every host may delegate to \\\\${server}.`, remedy: '' };
  }
  return {
    check,
    verdict: 'warn',
    sentence: `Disks stay on \\\\${server}, and ${listed(found.missing)} may not delegate to its share, which a move that is started from elsewhere can need.`,
    remedy: `Ask for it: /${command}.`,
  };
}

import type { HostName } from '../core/commands/ask';
import { cordonsToShow, type Cordon } from '../core/hyperv/cordon';
import type { HostsAnswer, MoveAnswer } from '../core/hyperv/hosts-answer';
import { diagnose, type Diagnosis } from '../core/hyperv/diagnose';
import { loadSince, type LoadOver } from '../core/hyperv/load-sample';
import type { HostReading } from '../core/hyperv-port';
import { mayRead, refuseReader } from '../core/policy/read';
import type { Clock, Ledger, Queue } from '../core/ports';
import { Fault, problemOf, type Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import type { Policy } from '../core/settings';
import type { DelegationsAnswer } from '../core/survey/answer';
import { labelOf } from '../core/survey/delegated-spn';
import { askDirectory, askHyperV } from './ask-directory';
import { delegationSight } from './delegation-sight';

/** Hosts at the other end of delegations, sorted; `others`: how many more there are that this person may not see. */
export interface OtherEnds {
  readonly names: readonly string[];
  readonly others: number;
}

/** A host as `/hv hosts` shows it. `delegates`: to which hosts it may, and which may to it; null: not known, or not for this person. */
export interface ListedHost {
  readonly reading: HostReading;
  readonly load: LoadOver | null;
  readonly cordon: Cordon | null;
  readonly delegates: { readonly to: OtherEnds; readonly from: OtherEnds } | null;
}

/** Hosts for a list, or why there is none. */
export type ListedHosts =
  | { readonly kind: 'listed'; readonly hosts: readonly ListedHost[]; readonly unknown: readonly string[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Why machines do not move from one host to another. */
type Explained =
  | { readonly kind: 'explained'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What is told about hosts. Methods throw Fault when the ledger does not answer, or no worker with the role hyperv. */
export interface HostClient {
  hosts(host: HostName | null, by: Person): Promise<ListedHosts>;
  whyNot(move: { from: HostName; to: HostName; machine: string | null }, by: Person): Promise<Explained>;
}

/** So far back the load is looked at, in milliseconds. */
const LOAD_OVER_MS = 6 * 3600_000;

/** Hosts are read side by side, each with a deadline of its own in the worker; in milliseconds. */
const READ_MS = 70_000;
const DELEGATIONS_MS = 5_000;

interface Parts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly policy: Policy;
}

/** The client of hosts: a person is told of those that the read rights grant. */
export function createHostClient(parts: Parts): HostClient {
  const { policy } = parts;
  return {
    async hosts(host, by) {
      const problem = refuseReader(policy, by, { surface: 'hosts' });
      if (problem) return { kind: 'refused', problem };
      if (host) {
        const hidden = refuseReader(policy, by, { surface: 'hosts', host: shortName(host) });
        if (hidden) return { kind: 'refused', problem: hidden };
      }
      const names = host ? [shortName(host)] : null;
      const [answer, links] = await Promise.all([
        ask<HostsAnswer>(parts, { about: 'hosts', hosts: names }),
        linksFor(parts, by),
      ]);
      const sees = (name: string): boolean => mayRead(policy, by, { surface: 'delegations', host: name });
      const seen = answer.hosts.filter((each) => mayRead(policy, by, { surface: 'hosts', host: each.host }));
      return { kind: 'listed', hosts: await withLoad(parts, seen, { links, sees }), unknown: answer.unknown };
    },

    async whyNot({ from, to, machine }, by) {
      for (const host of [from, to].map(shortName)) {
        const problem =
          refuseReader(policy, by, { surface: 'hosts', host }) ??
          refuseReader(policy, by, { surface: 'delegations', host });
        if (problem) return { kind: 'refused', problem };
      }
      const [source, destination] = [shortName(from), shortName(to)];
      const [delegation, hosts] = await Promise.all([
        delegationSight(parts.queue, { from: source, to: destination, by }),
        orSilent(ask<MoveAnswer>(parts, { about: 'move', from: source, to: destination, machine })),
      ]);
      const seen = { from: source, to: destination, machine, delegation, hosts };
      return { kind: 'explained', diagnosis: diagnose(seen) };
    },
  };
}

function shortName({ text }: HostName): string {
  return labelOf(text);
}

/** Since when nobody is there is known by the last note of a host's load. */
async function ask<T>({ queue, ledger }: Parts, question: Parameters<typeof askHyperV>[1]): Promise<T> {
  try {
    return await askHyperV<T>(queue, question, READ_MS);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'queue.no-answer') throw error;
    const last = await ledger.lastLoad();
    throw new Fault({
      code: 'hyperv.no-worker',
      retry: 'later',
      message: `No Windows worker answers${last === null ? '' : `; the last one noted a host’s load ${new Date(last).toISOString().slice(0, 16).replace('T', ' ')} UTC`}.`,
      remedy: 'Check that the worker with the role hyperv runs and reaches Redis.',
    });
  }
}

async function withLoad(
  { ledger, clock }: Parts,
  readings: readonly HostReading[],
  { links, sees }: { links: readonly Link[] | null; sees: (host: string) => boolean },
): Promise<readonly ListedHost[]> {
  const since = clock.now() - LOAD_OVER_MS;
  const cordons = cordonsToShow(await ledger.cordons());
  return Promise.all(
    readings.map(async (reading) => ({
      reading,
      load: loadSince(await ledger.loadOf(reading.host), since),
      cordon: cordons.get(reading.host) ?? null,
      delegates: links && sees(reading.host) ? delegatesOf(reading.host, links, sees) : null,
    })),
  );
}

type Link = Extract<DelegationsAnswer, { kind: 'overview' }>['overview']['links'][number];

/** Who may delegate to whom; null where this is not for the person, or nobody says. */
async function linksFor({ queue, policy }: Parts, by: Person): Promise<readonly Link[] | null> {
  if (!mayRead(policy, by, { surface: 'delegations' })) return null;
  const question = { about: 'delegations', host: null, verify: false, raw: false };
  const answer = await askDirectory<DelegationsAnswer>(queue, question, DELEGATIONS_MS).catch(() => null);
  return answer?.kind === 'overview' ? answer.overview.links : null;
}

function delegatesOf(
  host: string,
  links: readonly Link[],
  sees: (host: string) => boolean,
): NonNullable<ListedHost['delegates']> {
  const ends = (all: readonly string[]): OtherEnds => {
    const each = [...new Set(all)].toSorted();
    const names = each.filter(sees);
    return { names, others: each.length - names.length };
  };
  return {
    to: ends(links.filter(({ source }) => source === host).map(({ destination }) => destination)),
    from: ends(links.filter(({ destination }) => destination === host).map(({ source }) => source)),
  };
}

function orSilent(answer: Promise<MoveAnswer>): Promise<MoveAnswer | { readonly silent: Problem }> {
  return answer.catch((error: unknown) => {
    if (error instanceof Fault) return { silent: problemOf(error) };
    throw error;
  });
}

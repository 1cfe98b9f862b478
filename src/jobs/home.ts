import type { Clock, Ledger, Queue } from '../core/ports';
import { mayFollow } from '../core/policy/follow';
import { unnotedSince } from '../core/hyperv/unnoted';
import { cordonsToShow, type Cordon } from '../core/hyperv/cordon';
import type { LoadSample } from '../core/hyperv/load-sample';
import { mayRead } from '../core/policy/read';
import { openWindow } from '../core/policy/windows';
import { mayReview } from '../core/request/break-glass';
import { freezeToShow, type Freeze } from '../core/request/freeze';
import type { RequestRecord } from '../core/request/record';
import type { Person } from '../core/request/statement';
import type { Policy } from '../core/settings';

/** What of Handover is alive, as it shows: `ledgerMs` is how long Redis took to answer. */
export interface Health {
  readonly conducts: boolean;
  readonly readsDirectory: boolean;
  readonly ledgerMs: number;
}

/** What the Windows worker last noted of a host; null: nothing yet. */
export interface NotedHost {
  readonly host: string;
  readonly last: LoadSample | null;
  readonly cordon: Cordon | null;
}

/** What a person may see at Home, oldest first. */
export interface HomeOverview {
  /** Open requests, without those that take something away again. */
  readonly open: readonly RequestRecord[];
  /** What is over and was approved by breaking the glass, as far as this person may review it. */
  readonly toReview: readonly RequestRecord[];
  /** What goes again by itself, each with the request that added it. */
  readonly expiring: readonly { readonly reversal: RequestRecord; readonly parent: RequestRecord }[];
  /** Hosts that the person may see, by what was last noted of them; empty where no worker is set up for hosts. */
  readonly hosts: readonly NotedHost[];
  /** Since when nobody notes any more, in milliseconds since 1970, 0 for never; null: somebody does. */
  readonly unnotedSince: number | null;
  /** How many open requests were not looked at. */
  readonly unseen: number;
  readonly health: Health;
  /** What lets nothing new begin right now: somebody's word, and the name of a window of the policy. */
  readonly standstill: { readonly freeze: Freeze | null; readonly window: string | null };
}

/** What Home is made of. Methods throw Fault when the ledger does not answer. */
export interface HomeClient {
  overview(by: Person): Promise<HomeOverview>;
}

/** More open requests than this nobody looks through at Home. */
const MOST = 300;

/** A worker that is there answers in milliseconds; Home does not wait longer than this for one that is not. */
const THERE_MS = 1_000;

/** The client of Home: what nobody has granted a person to see is not told. */
export function createHomeClient(parts: {
  ledger: Ledger;
  queue: Queue;
  clock: Clock;
  policy: Policy;
  hosts?: readonly string[] | undefined;
}): HomeClient {
  const { ledger, clock, policy, hosts = [] } = parts;
  return {
    async overview(by) {
      const healthy = healthOf(parts);
      const ids = await ledger.openRequests();
      const read = await Promise.all(ids.slice(0, MOST).map((id) => ledger.read(id)));
      const records = read.flatMap((record) => (record && !record.ending ? [record] : []));
      const reversals = await Promise.all(
        records.filter(({ reverses }) => reverses !== null).map((record) => withParent(ledger, record)),
      );
      return {
        open: records.filter((record) => !record.reverses && mayFollow(policy, by, record)),
        toReview: await reviewable(ledger, policy, by),
        expiring: reversals.flat().filter(({ parent }) => mayFollow(policy, by, parent)),
        hosts: await notedHosts(ledger, visibleHosts(policy, by, hosts)),
        unnotedSince: await ledger.lastLoad().then((last) => unnotedSince(last, clock.now())),
        unseen: Math.max(0, ids.length - MOST),
        health: await healthy,
        standstill: {
          freeze: freezeToShow(await ledger.freezeState()),
          window: openWindow(policy.freezeWindows, clock.now())?.name ?? null,
        },
      };
    },
  };
}

function visibleHosts(policy: Policy, by: Person, hosts: readonly string[]): readonly string[] {
  return hosts.filter((host) => mayRead(policy, by, { surface: 'hosts', host }));
}

async function notedHosts(ledger: Ledger, hosts: readonly string[]): Promise<readonly NotedHost[]> {
  if (hosts.length === 0) return [];
  const cordons = cordonsToShow(await ledger.cordons());
  return Promise.all(
    hosts.map(async (host) => ({
      host,
      last: (await ledger.loadOf(host, 1)).at(-1) ?? null,
      cordon: cordons.get(host) ?? null,
    })),
  );
}

async function reviewable(ledger: Ledger, policy: Policy, by: Person): Promise<readonly RequestRecord[]> {
  const ids = await ledger.toReview();
  const read = await Promise.all(ids.slice(0, MOST).map((id) => ledger.read(id)));
  return read.flatMap((record) => (record && mayReview(policy, record, by) ? [record] : []));
}

async function withParent(
  ledger: Ledger,
  reversal: RequestRecord,
): Promise<readonly { reversal: RequestRecord; parent: RequestRecord }[]> {
  const parent = reversal.parent && (await ledger.read(reversal.parent.id));
  return parent && !parent.reverses ? [{ reversal, parent }] : [];
}

async function healthOf({
  ledger,
  queue,
  clock,
}: {
  ledger: Ledger;
  queue: Queue;
  clock: Clock;
}): Promise<Health> {
  const pong = queue.ask('directory', { about: 'ping' }, THERE_MS).then(
    () => true,
    () => false,
  );
  const askedAt = clock.monotonic();
  // Whoever conducts holds this lease, and renews it every two seconds.
  const sweepers = await ledger.leases('sweeper');
  const ledgerMs = clock.monotonic() - askedAt;
  return { conducts: sweepers.length > 0, readsDirectory: await pong, ledgerMs };
}

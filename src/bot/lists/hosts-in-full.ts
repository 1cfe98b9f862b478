import type { KnownBlock } from '@slack/types';
import type { HostFacts } from '../../core/hyperv-port';
import { balancersSaid } from '../../core/hyperv/balancers';
import { busyOf, unreadiness } from '../../core/hyperv/readiness';
import type { ListedHost, ListedHosts, OtherEnds } from '../../jobs/client';
import { cordonLine } from '../cards/cordon';
import { context, header, mrkdwn, plain, plainText, words, type Message } from '../cards/message';
import { namesSaid } from '../cards/names';
import { clip, counted, inert, moment } from '../cards/text';
import { cell, table } from './table';

const GB = 1024 ** 3;

/** What the hosts of one message take together: Slack takes a little more than 11,000 characters. */
const PAGE_LENGTH = 10_000;
/** A response address takes five messages, and one of them may have said that this takes a while. */
const MOST_PAGES = 4;

/** All that is known of each host, as private messages of several hosts each; one host alone with its machines. */
export function hostsInFull({
  hosts,
  unknown,
}: Extract<ListedHosts, { kind: 'listed' }>): readonly Message[] {
  const [only, ...others] = hosts;
  if (only && others.length === 0 && unknown.length === 0) return [oneHost(only)];
  const pages = pagesOf(hosts);
  const left = hosts.length - pages.reduce((sum, page) => sum + page.length, 0);
  const missing = unknown.map((name) => `✖ ${clip(name, 60)}: the Windows worker is not set up for it.`);
  const rest = left === 0 ? [] : [`… and ${counted(left, 'host')} more: /hv hosts HOST`];
  return pages.map((page, at) => {
    const part = pages.length === 1 ? '' : ` (part ${at + 1} of ${pages.length})`;
    const title = hosts.length === 0 ? 'No host to show' : `${counted(hosts.length, 'host')} in full${part}`;
    const last = at === pages.length - 1 ? [...missing, ...rest] : [];
    return {
      text: `${inert(title)}.`,
      blocks: [
        header(title),
        ...page.flatMap((each) => [plain(wholeHost(each), HOST_LENGTH), ...cordonBlocks(each)]),
        ...(last.length === 0 ? [] : [plain(last.join('\n'))]),
        readAt(page),
      ],
    };
  });
}

/** At least one page; what no page takes is left out. */
function pagesOf(hosts: readonly ListedHost[]): readonly (readonly ListedHost[])[] {
  const pages: ListedHost[][] = [[]];
  let length = 0;
  for (const each of hosts) {
    const own = JSON.stringify([plain(wholeHost(each), HOST_LENGTH), ...cordonBlocks(each)]).length;
    if (length + own > PAGE_LENGTH) {
      pages.push([]);
      length = 0;
    }
    pages.at(-1)?.push(each);
    length += own;
  }
  return pages.slice(0, MOST_PAGES);
}

/** What one host of several takes at most. */
const HOST_LENGTH = 1_200;

function cordonBlocks({ cordon }: ListedHost): readonly KnownBlock[] {
  return cordon ? [words(cordonLine(cordon))] : [];
}

function wholeHost({ reading, load, delegates }: ListedHost): string {
  const { facts, host, silent } = reading;
  if (!facts) return `✖ ${host} does not answer: ${clip(silent.message, 200)}`;
  const odd = unreadiness(facts);
  const title = odd.length === 0 ? `✔ ${host} is ready to move machines` : `⚠ ${host}: ${odd.join('; ')}`;
  return [title, ...factLines(facts, { load, delegates })].join('\n');
}

/** One host with all that is known of it, and its machines. */
export function oneHost(listed: ListedHost): Message {
  const { reading, load, delegates } = listed;
  const { facts, host, silent } = reading;
  if (!facts) {
    const text = `✖ ${host} does not answer: ${clip(silent.message, 300)}`;
    return { text: inert(text), blocks: [plain(text), ...cordonBlocks(listed), readAt([listed])] };
  }
  const odd = unreadiness(facts);
  const title =
    odd.length === 0 ? `${host} is ready to move machines` : `${host} is not ready: ${odd[0] ?? ''}`;
  const blocks: KnownBlock[] = [
    header(clip(title, 140)),
    ...cordonBlocks(listed),
    ...(odd.length > 1 ? [plain(odd.map((each) => `⚠ ${each}`).join('\n'))] : []),
    plain(factLines(facts, { load, delegates }).join('\n')),
    ...machineBlocks(facts),
    readAt([listed]),
  ];
  return { text: `${inert(title)}.`, blocks };
}

function factLines(
  facts: HostFacts,
  { load, delegates }: Pick<ListedHost, 'load' | 'delegates'>,
): readonly string[] {
  const { memory, migration, windows, disks } = facts;
  const { running, moving } = busyOf(facts);
  const network = migration.anyNetwork ? 'any network' : migration.networks.join(', ') || 'no network';
  const over = load
    ? `, in 6 hours ${load.average} % on average and ${load.most} % at most (${counted(load.samples, 'sample')})`
    : '';
  return [
    `Windows: ${windows.caption.replace(/^Microsoft /, '')}, build ${windows.build}; machines up to version ${facts.versions.at(-1) ?? 'not known'}`,
    `Memory: ${gb(memory.free)} free of ${gb(memory.total)}${load ? `, never less than ${gb(load.leastFree)} in 6 hours` : ''}`,
    `Processors: ${facts.processors} (${facts.vendor}), ${facts.load} % now${over}`,
    `Machines: ${running} running of ${facts.machines.length}; moves: ${moving} of ${migration.most} slots used, ${migration.mostStorage} storage moves at a time`,
    `Live migration: ${migration.enabled ? 'on' : 'off'}, ${migration.auth === 'kerberos' ? 'Kerberos' : 'CredSSP'}, ${network}${facts.credentialGuard ? '; Credential Guard runs' : ''}`,
    `Disks: ${disks.map(({ path, free, total }) => `${path} ${gb(free)} free of ${gb(total)}`).join(', ') || 'none'}`,
    `Switches: ${facts.switches.join(', ') || 'none'}`,
    ...balancersSaid(facts).map((who) => `Balanced by ${who}, too`),
    ...(delegates
      ? [
          `May act as any user on: ${endsSaid(delegates.to)}`,
          `May act as any user on it: ${endsSaid(delegates.from)}`,
        ]
      : []),
  ];
}

function machineBlocks({ machines }: HostFacts): readonly KnownBlock[] {
  if (machines.length === 0) return [plain('No machine is on it.')];
  const lines = machines
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ name, state, memory, isBusy }) => {
      const size = state === 'running' ? gb(memory.assigned) : state;
      return `${cell(name, 20)} ${cell(size, 9)}${isBusy ? ' moving' : ''}`;
    });
  return table(lines);
}

function endsSaid({ names, others }: OtherEnds): string {
  const unseen = others === 0 ? [] : [`${counted(others, 'host')} that you may not see`];
  const seen = names.length === 0 ? [] : [namesSaid(names)];
  return [...seen, ...unseen].join(' and ') || 'nobody';
}

function gb(bytes: number): string {
  return `${Math.round(bytes / GB)} GB`;
}

/** When the hosts were read, and that nothing was changed by it. */
export function readAt(hosts: readonly ListedHost[]): KnownBlock {
  const at = Math.min(...hosts.map(({ reading }) => reading.at));
  return context([
    plainText('Read from the hosts by the Windows worker. Nothing was changed.'),
    ...(Number.isFinite(at) ? [mrkdwn(moment(at))] : []),
  ]);
}

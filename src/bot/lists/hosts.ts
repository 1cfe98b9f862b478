import type { KnownBlock } from '@slack/types';
import type { HostFacts } from '../../core/hyperv-port';
import { busyOf, unreadiness } from '../../core/hyperv/readiness';
import type { ListedHost, ListedHosts } from '../../jobs/client';
import { context, header, mrkdwn, plain, plainText, type Message } from '../cards/message';
import { clip, counted, inert, moment } from '../cards/text';
import { cell, table } from './table';

type Listed = Extract<ListedHosts, { kind: 'listed' }>;

const GB = 1024 ** 3;

/** Hosts and how ready they are as one private message: one host in full, several in two lines each that fit a phone. */
export function hostsMessage({ hosts, unknown }: Listed): Message {
  const [only, ...others] = hosts;
  if (only && others.length === 0 && unknown.length === 0) return oneHost(only);
  const ready = hosts.filter(({ reading }) => reading.facts && unreadiness(reading.facts).length === 0);
  const title =
    hosts.length === 0
      ? 'No host to show'
      : `${ready.length} of ${counted(hosts.length, 'host')} ready to move machines`;
  const odd = hosts.filter((each) => !ready.includes(each)).map(oddLine);
  const missing = unknown.map((name) => `✖ ${clip(name, 60)}: the Windows worker is not set up for it.`);
  return {
    text: `${inert(title)}.`,
    blocks: [
      header(title),
      ...(hosts.length === 0 ? [] : table(hosts.flatMap(hostLines))),
      ...(odd.length + missing.length === 0 ? [] : [plain([...odd, ...missing].join('\n'))]),
      ...(hosts.length === 0 ? [] : [plain(LEGEND)]),
      readAt(hosts),
    ],
  };
}

const LEGEND =
  'Memory: free of all, in GB. CPU: now, average and most of the last 6 hours. Moves: under way of the host’s own limit. One host in full: /hv hosts HOST.';

/** Two lines of 40 columns: `hyper-v01  ✔ 41/64 GB   4 VMs`, then processors, moves and authentication. */
function hostLines({ reading, load }: ListedHost): readonly string[] {
  const { facts, host } = reading;
  if (!facts) return [`${cell(host, 16)} ✖ no answer`];
  const { free, total } = facts.memory;
  const { running, moving } = busyOf(facts);
  const sign = unreadiness(facts).length === 0 ? '✔' : '⚠';
  const cpu = load ? `${facts.load}/${load.average}/${load.most} %` : `${facts.load} %`;
  return [
    `${cell(host, 16)} ${sign} ${Math.floor(free / GB)}/${Math.floor(total / GB)} GB  ${counted(running, 'VM')}`,
    `  CPU ${cpu}  ${moving} of ${facts.migration.most}  ${facts.migration.auth === 'kerberos' ? 'Kerberos' : 'CredSSP'}`,
  ];
}

function oddLine({ reading }: ListedHost): string {
  const { facts, silent, host } = reading;
  if (!facts) return `✖ ${host} does not answer: ${clip(silent.message, 200)}`;
  return `⚠ ${host}: ${unreadiness(facts).join('; ')}`;
}

function oneHost({ reading, load, delegates }: ListedHost): Message {
  const { facts, host, silent } = reading;
  if (!facts) {
    const text = `✖ ${host} does not answer: ${clip(silent.message, 300)}`;
    return { text: inert(text), blocks: [plain(text), readAt([{ reading, load, delegates }])] };
  }
  const odd = unreadiness(facts);
  const title =
    odd.length === 0 ? `${host} is ready to move machines` : `${host} is not ready: ${odd[0] ?? ''}`;
  const blocks: KnownBlock[] = [
    header(clip(title, 140)),
    ...(odd.length > 1 ? [plain(odd.map((each) => `⚠ ${each}`).join('\n'))] : []),
    plain(factLines(facts, { load, delegates }).join('\n')),
    ...machineBlocks(facts),
    readAt([{ reading, load, delegates }]),
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
    ? `, ${load.average} % on average and ${load.most} % at most over 6 hours (${counted(load.samples, 'sample')})`
    : '';
  return [
    `Windows: ${windows.caption}, build ${windows.build}; machines of version ${facts.versions.join(', ')}`,
    `Memory: ${gb(memory.free)} free of ${gb(memory.total)}${load ? `, at least ${gb(load.leastFree)} over 6 hours` : ''}`,
    `Processors: ${facts.processors} (${facts.vendor}), ${facts.load} % now${over}`,
    `Machines: ${running} running of ${facts.machines.length}; ${moving} moving, ${migration.most} live and ${migration.mostStorage} storage moves at a time`,
    `Live migration: ${migration.enabled ? 'on' : 'off'}, ${migration.auth === 'kerberos' ? 'Kerberos' : 'CredSSP'}, ${network}${facts.credentialGuard ? '; Credential Guard runs' : ''}`,
    ...disks.map(({ path, free, total }) => `Disk ${path}: ${gb(free)} free of ${gb(total)}`),
    `Switches: ${facts.switches.join(', ') || 'none'}`,
    ...(delegates
      ? [
          `Delegation: may act on ${counted(delegates.to, 'host')}, ${counted(delegates.from, 'host')} may act on it`,
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

function gb(bytes: number): string {
  return `${Math.round(bytes / GB)} GB`;
}

function readAt(hosts: readonly ListedHost[]): KnownBlock {
  const at = Math.min(...hosts.map(({ reading }) => reading.at));
  return context([
    plainText('Read from the hosts by the Windows worker. Nothing was changed.'),
    ...(Number.isFinite(at) ? [mrkdwn(moment(at))] : []),
  ]);
}

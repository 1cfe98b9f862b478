import type { Button } from '@slack/types';
import { busyOf, unreadiness } from '../../core/hyperv/readiness';
import type { ListedHost, ListedHosts } from '../../jobs/client';
import { COMMAND_ACTION } from '../actions/command-button';
import { cordonLine } from '../cards/cordon';
import { header, plain, plainText, row, words, type Message } from '../cards/message';
import { clip, counted, inert } from '../cards/text';
import { oneHost, readAt } from './hosts-in-full';
import { cell, table } from './table';

type Listed = Extract<ListedHosts, { kind: 'listed' }>;

const GB = 1024 ** 3;

/** Hosts and how ready they are as one private message: one host in full, several in two lines each that fit a phone, with a button for all of it. */
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
      ...hosts.flatMap(({ cordon }) => (cordon ? [words(cordonLine(cordon))] : [])),
      ...(odd.length + missing.length === 0 ? [] : [plain([...odd, ...missing].join('\n'))]),
      ...(hosts.length === 0 ? [] : [plain(LEGEND), row([inFull])]),
      readAt(hosts),
    ],
  };
}

const LEGEND =
  'Memory: free of all, in GB. CPU: now, average and most of the last 6 hours. Moves: under way of the host’s own limit. One host in full: /hv hosts HOST.';

const inFull: Button = {
  type: 'button',
  action_id: `${COMMAND_ACTION}.hosts-in-full`,
  text: plainText('In full'),
  value: '/hv hosts --full',
};

/** Two lines of 40 columns: `hyper-v01  ✔ 41/64 GB   4 VMs`, then processors, moves and authentication. */
function hostLines({ reading, load, cordon }: ListedHost): readonly string[] {
  const { facts, host } = reading;
  if (!facts) return [`${cell(host, 16)} ✖ no answer`];
  const { free, total } = facts.memory;
  const { running, moving } = busyOf(facts);
  const sign = cordon ? '⛔' : unreadiness(facts).length === 0 ? '✔' : '⚠';
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

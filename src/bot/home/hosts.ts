import type { KnownBlock } from '@slack/types';
import type { HomeOverview, NotedHost } from '../../jobs/client';
import { cordonLine } from '../cards/cordon';
import { plain, row, words } from '../cards/message';
import { moment } from '../cards/text';
import { cell, table } from '../lists/table';
import { commandButton } from './buttons';
import { titleOf } from './sections';
import type { Section } from './pages';

const GB = 1024 ** 3;

/** More hosts than this one Home does not list. */
const MOST = 30;

/** The hosts by what was last noted of them; null where there are none for this person. */
export function hostsSection({
  hosts,
  unnotedSince,
}: Pick<HomeOverview, 'hosts' | 'unnotedSince'>): Section | null {
  if (hosts.length === 0) return null;
  const shown = hosts.slice(0, MOST);
  const rest = hosts.length - shown.length;
  const blocks: KnownBlock[] = [
    ...(unnotedSince === null ? [] : [silence(unnotedSince)]),
    ...table(shown.map(hostLine)),
    ...shown.flatMap(({ cordon }) => (cordon ? [words(cordonLine(cordon))] : [])),
    ...(rest > 0 ? [plain(`… and ${rest} more: /hv hosts has all of them.`)] : []),
    row([commandButton('home-hosts', 'Hosts now', '/hv hosts')]),
  ];
  return { title: titleOf('Hosts', hosts.length), entries: [blocks] };
}

/** `hyper-v01        41/64 GB free  CPU 12 %`: 38 columns. */
function hostLine({ host, last }: NotedHost): string {
  if (!last) return `${cell(host, 16)} nothing was noted yet`;
  const memory = `${Math.floor(last.free / GB)}/${Math.floor(last.total / GB)} GB`;
  return `${cell(host, 16)} ${cell(memory, 12)} CPU ${last.load} %`;
}

function silence(since: number): KnownBlock {
  return since === 0
    ? plain('⚠ No Windows worker has noted anything yet.')
    : words(`⚠ No Windows worker since ${moment(since)}: this is what was noted last.`);
}

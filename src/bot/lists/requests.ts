import type { KnownBlock } from '@slack/types';
import type { RequestsAsk } from '../../core/commands/ask';
import type { OpenRequests } from '../../jobs/client';
import { header, plain, words, type Message } from '../cards/message';
import { clip, counted, inert, moment } from '../cards/text';
import { requestLine, type Links } from './request-line';

const TITLES: Readonly<Record<NonNullable<RequestsAsk['which']> | 'all', string>> = {
  all: 'open request',
  mine: 'open request of yours',
  waiting: 'request waiting for a decision',
  running: 'request being carried out',
  review: 'request to be reviewed',
};

/** What of the open requests a person may see, as one private message, oldest first, and which objects are being written right now. */
export function requestsMessage(
  { records, more, leases }: OpenRequests,
  which: RequestsAsk['which'],
  links: Links = new Map(),
): Message {
  const title = titleOf(records.length + more, which);
  const blocks: readonly KnownBlock[] = [
    header(title),
    ...records.map((record) => words(requestLine(record, links))),
    ...(more > 0 ? [plain(`… and ${more} more.`)] : []),
    ...(leases.length > 0 ? [words(leaseLines(leases))] : []),
    ...(records.length === 0 ? [plain('Nothing is open that you may see.')] : []),
  ];
  const labels = records.map(({ label }) => label).join(', ');
  const names = labels === '' ? 'Nothing is open that you may see' : inert(labels);
  return { text: `${title}: ${names}${more > 0 ? ` and ${more} more` : ''}.`, blocks };
}

function titleOf(count: number, which: RequestsAsk['which']): string {
  const noun = TITLES[which ?? 'all'];
  const [first = '', ...rest] = noun.split(' ');
  if (count === 0) return `No ${noun.replace('request', 'requests')}`;
  const isRequestFirst = first === 'request';
  if (isRequestFirst) return `${counted(count, 'request')} ${rest.join(' ')}`;
  return `${count} open ${count === 1 ? 'request' : 'requests'}${noun.endsWith('yours') ? ' of yours' : ''}`;
}

function leaseLines(leases: OpenRequests['leases']): string {
  const lines = leases
    .slice(0, 10)
    .map(
      ({ reason, holder, until }) =>
        `• ${inert(clip(reason, 120))} (${inert(clip(holder, 40))}, until ${moment(until)})`,
    );
  return `Being written right now:\n${lines.join('\n')}`;
}

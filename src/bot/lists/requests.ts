import type { KnownBlock } from '@slack/types';
import type { RequestsAsk } from '../../core/commands/ask';
import type { RequestRecord } from '../../core/request/record';
import type { OpenRequests } from '../../jobs/client';
import { headlineOf } from '../cards/headline';
import { header, plain, words, type Message } from '../cards/message';
import { powerSentence } from '../cards/power';
import { channelLink, clip, counted, inert, mention, moment } from '../cards/text';

const TITLES: Readonly<Record<NonNullable<RequestsAsk['which']> | 'all', string>> = {
  all: 'open request',
  mine: 'open request of yours',
  waiting: 'request waiting for a decision',
  running: 'request being carried out',
};

/** Open requests as one private message, oldest first, and which objects are being written right now. */
export function requestsMessage(
  { records, more, leases }: OpenRequests,
  which: RequestsAsk['which'],
): Message {
  const title = titleOf(records.length + more, which);
  const blocks: readonly KnownBlock[] = [
    header(title),
    ...records.map((record) => words(lineOf(record))),
    ...(more > 0 ? [plain(`… and ${more} more.`)] : []),
    ...(leases.length > 0 ? [words(leaseLines(leases))] : []),
    ...(records.length === 0 ? [plain('Nothing is open.')] : []),
  ];
  return { text: `${title}. ${inert(records.map(({ label }) => label).join(', '))}`.trim(), blocks };
}

function titleOf(count: number, which: RequestsAsk['which']): string {
  const noun = TITLES[which ?? 'all'];
  const [first = '', ...rest] = noun.split(' ');
  if (count === 0) return `No ${noun}`;
  const isRequestFirst = first === 'request';
  if (isRequestFirst) return `${counted(count, 'request')} ${rest.join(' ')}`;
  return `${count} open ${count === 1 ? 'request' : 'requests'}${noun.endsWith('yours') ? ' of yours' : ''}`;
}

function lineOf(record: RequestRecord): string {
  const { label, intake, card, since, reverses, parent } = record;
  const badge = reverses ? `⏳ *Is taken away again* ${moment(reverses.due)}` : headlineOf(record).badge;
  const what = reverses
    ? `what ${parent?.label ?? 'a request'} added`
    : inert(clip(powerSentence(record), 150));
  const who = `asked by ${mention(intake.statement.by)} · card in ${channelLink(card.channel)} · since ${moment(since)}`;
  return `*${label}* ${badge} · ${what}\n${who}`;
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

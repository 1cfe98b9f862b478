import type { RequestRecord } from '../../core/request/record';
import { headlineOf } from '../cards/headline';
import { powerSentence } from '../cards/power';
import { channelLink, clip, inert, labelText, mention, moment } from '../cards/text';

/** Addresses of cards by request id, of those that are known. */
export type Links = ReadonlyMap<string, string>;

/** A request in two lines: its power, then where it stands, with the way to its card. */
export function requestLine(record: RequestRecord, links: Links): string {
  const { intake, since, reverses, parent } = record;
  const power = reverses
    ? `What ${labelText(parent?.label ?? 'a request')} added goes again`
    : inert(clip(powerSentence(record), 150));
  const badge = reverses ? `⏱ *Due* ${moment(reverses.due)}` : headlineOf(record).badge;
  const asked = `asked by ${mention(intake.statement.by)}`;
  return `*${power}*\n${badge} · ${wayTo(record, links)} · ${asked} · since ${moment(since)}`;
}

/** The label as a link to the card, or where the card is. A reversal has its parent's. */
export function wayTo({ id, label, card, parent, reverses }: RequestRecord, links: Links): string {
  const link = links.get(reverses && parent ? parent.id : id);
  return link === undefined
    ? `${labelText(label)} in ${channelLink(card.channel)}`
    : `<${link}|${labelText(label)}>`;
}

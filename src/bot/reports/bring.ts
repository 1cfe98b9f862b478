import type { Conversation, Delivered, Ledger, Place } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import { words, type Message } from '../cards/message';
import { CARD_KEY, UNTOLD, type Wanted } from './wanted';

/** What bringing one message needs. `approvals` is where a card goes when its own channel is closed to the bot. */
export interface BringParts {
  readonly ledger: Ledger;
  readonly conversation: Conversation<Message>;
  readonly channels: { readonly approvals: string; readonly notices: string };
  readonly record: RequestRecord;
}

/** One message on its way: what was delivered of it, the card that it belongs to, and whether there is time for one more call. */
export interface Bringing {
  readonly wanted: Wanted;
  readonly known: Delivered | undefined;
  readonly card: Delivered | undefined;
  readonly mayGoOn: () => boolean;
}

/** Where a message stands: `to` is null for a person who cannot be written to. */
export type Standing = Pick<Place, 'channel' | 'thread'> | null;

/** Finds where a message is to stand: the card's channel, its thread, the notices, or a person's direct messages. */
export async function standingOf(
  { conversation, channels, record }: BringParts,
  { wanted, known, card }: Omit<Bringing, 'mayGoOn'>,
): Promise<Standing> {
  const { to, key } = wanted;
  if (to === 'notices') return { channel: known?.channel ?? channels.notices, thread: null };
  if (to) {
    const channel = await conversation.open(to.person);
    return channel === null ? null : { channel, thread: null };
  }
  const isCard = key === CARD_KEY;
  const channel = (isCard ? known : card)?.channel ?? record.card.channel;
  return { channel, thread: isCard ? null : (card?.ts ?? null) };
}

/** What stands outside of the thread shows the way to it. */
export async function withLink(
  { conversation }: BringParts,
  { wanted: { to, message }, card }: Omit<Bringing, 'mayGoOn'>,
): Promise<Message> {
  const link = to && card?.ts ? await conversation.link(card.channel, card.ts) : null;
  if (link === null) return message;
  const blocks = [...message.blocks, words(`<${link}|Open the card>`)];
  return { text: message.text, blocks };
}

/** Edits or posts one message. Null when the lease would not outlive the call. */
export async function bring(
  parts: BringParts,
  standing: Standing,
  bringing: Bringing,
): Promise<Omit<Delivered, 'digest'> | null> {
  const { conversation, record } = parts;
  const { wanted, known, mayGoOn } = bringing;
  if (!standing) return { channel: '', ts: UNTOLD };
  const { id: request, intake } = record;
  const place: Place = { ...standing, request, key: wanted.key, since: intake.statement.at };
  const underWay = known && known.ts === null ? await conversation.find(triedPlace(place, known)) : null;
  const ts = known?.ts ?? underWay;
  if (!mayGoOn()) return null;
  // A reply belongs to the thread it was posted in, even if the card was posted anew since.
  const own = known && known.channel !== '' ? { ...place, channel: known.channel } : place;
  if (ts !== null && ts !== UNTOLD && (await conversation.edit(own, ts, wanted.message)) === 'edited') {
    return { channel: own.channel, ts };
  }
  return post(parts, place, bringing);
}

/** A post whose fate is unknown may have gone to another channel than the one that is wanted now. */
function triedPlace(place: Place, { channel }: Delivered): Place {
  return channel === place.channel ? place : { ...place, channel, thread: null };
}

async function post(
  parts: BringParts,
  place: Place,
  bringing: Bringing,
): Promise<Omit<Delivered, 'digest'> | null> {
  const { ledger, conversation, record } = parts;
  const { approvals } = parts.channels;
  const { channel, key } = place;
  const { to, message } = bringing.wanted;
  await ledger.setDelivered(record.id, key, { channel, ts: null, digest: '' });
  if (!bringing.mayGoOn()) return null;
  const posted = await conversation.post(place, message);
  if (posted !== 'closed') return { channel, ts: posted.ts };
  // What is for one person is for nobody else.
  if (typeof to === 'object') return { channel, ts: UNTOLD };
  // A reply whose thread is closed to the bot stands alone, where it can still be told.
  if (channel !== approvals) return post(parts, { ...place, channel: approvals, thread: null }, bringing);
  throw new ClosedChannelError(channel);
}

/** The bot may not write in the channel of a card, nor in the approvals channel. */
export class ClosedChannelError extends Error {
  override readonly name = 'ClosedChannelError';

  constructor(channel: string) {
    super(`the bot cannot write in ${channel}: invite it again`);
  }
}

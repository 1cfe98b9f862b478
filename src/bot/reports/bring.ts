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
  /** Its uploaded file, not shared yet; null: it has none. */
  readonly file: Uploaded;
}

/** A file that nobody sees yet, by its id. */
type Uploaded = { readonly id: string } | 'refused' | null;

/** A message of which it is not known yet how it gets there. */
type About = Omit<Bringing, 'mayGoOn' | 'file'>;

/** Where a message stands: `to` is null for a person who cannot be written to. */
export type Standing = Pick<Place, 'channel' | 'thread'> | null;

/** Finds where a message is to stand: the card's channel, its thread, the notices, or a person's direct messages. */
export async function standingOf(
  { conversation, channels, record }: BringParts,
  { wanted, known, card }: About,
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
async function withLink(
  { conversation }: BringParts,
  { wanted: { to, message }, card }: About,
): Promise<Message> {
  const link = to && card?.ts ? await conversation.link(card.channel, card.ts) : null;
  if (link === null) return message;
  const blocks = [...message.blocks, words(`<${link}|Open the card>`)];
  return { text: message.text, blocks };
}

/** A message with its link, and its file uploaded: nobody sees either yet, so it needs no lease. */
export async function prepared(parts: BringParts, about: About): Promise<Pick<Bringing, 'wanted' | 'file'>> {
  const { wanted } = about;
  const message = await withLink(parts, about);
  const file = wanted.file ? await parts.conversation.upload(wanted.file) : null;
  return { wanted: { ...wanted, message }, file };
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
  const underWay = known && known.ts === null ? await found(parts, triedPlace(place, known), wanted) : null;
  const ts = known?.ts ?? underWay;
  if (!mayGoOn()) return null;
  // A reply belongs to the thread it was posted in, even if the card was posted anew since.
  const own = known && known.channel !== '' ? { ...place, channel: known.channel } : place;
  // What has the file's name has its words: plan and fingerprint are in it.
  if (wanted.file && underWay !== null) return { channel: own.channel, ts: underWay };
  if (
    !wanted.file &&
    ts !== null &&
    ts !== UNTOLD &&
    (await conversation.edit(own, ts, wanted.message)) === 'edited'
  ) {
    return { channel: own.channel, ts };
  }
  return post(parts, place, bringing);
}

/** A post whose fate is unknown may have gone to another channel than the one that is wanted now. */
function triedPlace(place: Place, { channel }: Delivered): Place {
  return channel === place.channel ? place : { ...place, channel, thread: null };
}

function found({ conversation }: BringParts, place: Place, { file }: Wanted): Promise<string | null> {
  return file ? conversation.findFile(place, file.name) : conversation.find(place);
}

async function post(
  parts: BringParts,
  place: Place,
  bringing: Bringing,
): Promise<Omit<Delivered, 'digest'> | null> {
  const { ledger, conversation, record } = parts;
  const { approvals } = parts.channels;
  const { channel, key } = place;
  const { wanted, file } = bringing;
  const { to, message } = wanted;
  if (file === 'refused') return { channel, ts: UNTOLD };
  await ledger.setDelivered(record.id, key, { channel, ts: null, digest: '' });
  if (!bringing.mayGoOn()) return null;
  const posted = file
    ? await shareFile(parts, place, { ...wanted, id: file.id })
    : await conversation.post(place, message);
  if (posted !== 'closed') return { channel, ts: posted.ts };
  // What is for one person is for nobody else.
  if (typeof to === 'object') return { channel, ts: UNTOLD };
  // A reply whose thread is closed to the bot stands alone, where it can still be told.
  if (channel !== approvals) return post(parts, { ...place, channel: approvals, thread: null }, bringing);
  throw new ClosedChannelError(channel);
}

/** Shares an uploaded file and looks for its message, of which Slack's answer says nothing. Throws where it is not shown yet: whoever comes next finds it. */
async function shareFile(
  { conversation }: BringParts,
  place: Place,
  { file, message, id }: Wanted & { id: string },
): Promise<{ readonly ts: string } | 'closed'> {
  const { name = '', title = '' } = file ?? {};
  const shared = await conversation.share(place, { id, title, comment: message.text });
  if (shared !== 'shared') return shared === 'refused' ? { ts: UNTOLD } : 'closed';
  const ts = await conversation.findFile(place, name);
  if (ts === null) throw new Error(`${name} was shared and is not shown yet`);
  return { ts };
}

/** The bot may not write in the channel of a card, nor in the approvals channel. */
export class ClosedChannelError extends Error {
  override readonly name = 'ClosedChannelError';

  constructor(channel: string) {
    super(`the bot cannot write in ${channel}: invite it again`);
  }
}

import { digest } from '../../core/canonical';
import type { Clock, Conversation, Delivered, Lease, Ledger, Place, Random } from '../../core/ports';
import type { Message } from '../cards/message';
import type { RequestRecord } from '../../core/request/record';
import type { Policy } from '../../core/settings';
import { isSurelyUndone } from './conversation';
import { reversalId } from '../../core/request/new-record';
import { CARD_KEY, reversalThread, thread, type Wanted } from './thread';

/** What a delivery needs. `approvals` is where a card goes when its own channel is closed to the bot. */
export interface DeliveryParts {
  readonly ledger: Ledger;
  readonly conversation: Conversation<Message>;
  readonly clock: Clock;
  readonly random: Random;
  readonly policy: Policy;
  readonly approvals: string;
}

/** `busy`: somebody else delivers for this request right now. */
export type Delivery = 'reported' | 'busy' | 'moving';

/** Nobody else delivers for a request while its lease lives: the longest that a dead bot's request waits, in milliseconds. */
const LEASE_MS = 8_000;

/** A call to Slack is begun only so soon after the lease was renewed: the lease then outlives the call's deadline of 5 s. */
const SEND_WITHIN_MS = 2_500;

/** After a call whose answer was lost nobody looks for this long: the message may still be under way. */
const SETTLE_MS = 2_000;

/** How often the record may move on during one delivery before somebody else has to ask again. */
const ROUNDS = 5;

/**
 * Brings the thread of a request up to date: compares what should stand there with what was delivered. Every message is
 * marked as under way before it is posted, and one found so is looked for before it is posted again: so a crash or a lost
 * answer neither doubles nor loses it. Throws when Slack or the ledger fails; the request then stays unreported.
 */
export async function deliver(parts: DeliveryParts, id: string): Promise<Delivery> {
  const { ledger, random } = parts;
  // A holder of its own for each delivery: two within one bot must exclude each other too.
  const lease = await ledger.takeLease(`report-${id}`, random.hex(8), LEASE_MS);
  if (!lease) return 'busy';
  try {
    const delivery = await deliverRounds(parts, lease, id);
    await ledger.releaseLease(lease).catch(() => undefined);
    return delivery;
  } catch (error) {
    const ending = isSurelyUndone(error) ? ledger.releaseLease(lease) : ledger.renewLease(lease, SETTLE_MS);
    await ending.catch(() => undefined);
    throw error;
  }
}

async function deliverRounds(parts: DeliveryParts, lease: Lease, id: string): Promise<Delivery> {
  const { ledger } = parts;
  for (let round = 0; round < ROUNDS; round += 1) {
    const record = await ledger.read(id);
    if (!record) return 'reported';
    if (!(await deliverRecord({ ...parts, lease, record }))) return 'busy';
    const parent = await deliverParent(parts, record);
    if (parent !== 'reported') return parent;
    await ledger.markReported(id, record.rev);
    if ((await ledger.read(id))?.rev === record.rev) return 'reported';
  }
  return 'moving';
}

/** The card of a reversal's parent says what has become of what it added: the reversal counts as told only when that stands there too. */
async function deliverParent(
  parts: DeliveryParts,
  { id, reverses, parent }: RequestRecord,
): Promise<Delivery> {
  if (!reverses || !parent || parent.id === id) return 'reported';
  const record = await parts.ledger.read(parent.id);
  // A reversal has no reversal: whatever was written into the ledger, this goes one level deep.
  return record && !record.reverses ? deliver(parts, parent.id) : 'reported';
}

interface Round extends DeliveryParts {
  readonly lease: Lease;
  readonly record: RequestRecord;
}

/** What should stand in Slack about a request, and the card that its replies belong to: a reversal tells in its parent's thread. */
async function wantedOf({ ledger, record, policy }: Round): Promise<{
  readonly wanted: readonly Wanted[];
  readonly card: Delivered | undefined;
}> {
  if (record.reverses) {
    const parent = await ledger.delivered(record.parent?.id ?? '');
    return { wanted: reversalThread(record), card: parent.get(CARD_KEY) };
  }
  const id = reversalId(record.id, record.plan?.number ?? 0);
  const reversal = record.until === null ? null : await ledger.read(id);
  return { wanted: thread(record, policy, { reversal }), card: undefined };
}

/** False when the lease was lost on the way. */
async function deliverRecord(round: Round): Promise<boolean> {
  const { ledger, record } = round;
  const delivered = new Map(await ledger.delivered(record.id));
  const { wanted: all, card } = await wantedOf(round);
  for (const wanted of all) {
    const known = delivered.get(wanted.key);
    const wantedDigest = digest(wanted.message);
    if (known?.ts && known.digest === wantedDigest) continue;
    const mayGoOn = await renewed(round);
    if (!mayGoOn) return false;
    const now = await bring(round, { wanted, known, card: card ?? delivered.get(CARD_KEY), mayGoOn });
    if (!now) return false;
    const message = { ...now, digest: wantedDigest };
    await ledger.setDelivered(record.id, wanted.key, message);
    delivered.set(wanted.key, message);
  }
  return true;
}

interface Bringing {
  readonly wanted: Wanted;
  readonly known: Delivered | undefined;
  readonly card: Delivered | undefined;
  /** Whether the lease still lives long enough for one more call. */
  readonly mayGoOn: () => boolean;
}

/** Edits or posts one message. Null when the lease would not outlive the call. */
async function bring(round: Round, bringing: Bringing): Promise<Omit<Delivered, 'digest'> | null> {
  const { conversation } = round;
  const { wanted, known, card, mayGoOn } = bringing;
  const isCard = wanted.key === CARD_KEY;
  const channel = (isCard ? known : card)?.channel ?? round.record.card.channel;
  const place = placeOf(round.record, wanted.key, { channel, thread: isCard ? null : (card?.ts ?? null) });
  const underWay = known && known.ts === null ? await conversation.find(triedPlace(place, known)) : null;
  const ts = known?.ts ?? underWay;
  if (!mayGoOn()) return null;
  // A reply belongs to the thread it was posted in, even if the card was posted anew since.
  const own = known ? { ...place, channel: known.channel } : place;
  if (ts !== null && (await conversation.edit(own, ts, wanted.message)) === 'edited') {
    return { channel: own.channel, ts };
  }
  return post(round, place, bringing);
}

/** A post whose fate is unknown may have gone to another channel than the one that is wanted now. */
function triedPlace(place: Place, { channel }: Delivered): Place {
  return channel === place.channel ? place : { ...place, channel, thread: null };
}

async function post(
  round: Round,
  place: Place,
  bringing: Bringing,
): Promise<Omit<Delivered, 'digest'> | null> {
  const { ledger, conversation, approvals, record } = round;
  const { channel, key } = place;
  await ledger.setDelivered(record.id, key, { channel, ts: null, digest: '' });
  if (!bringing.mayGoOn()) return null;
  const posted = await conversation.post(place, bringing.wanted.message);
  if (posted !== 'closed') return { channel, ts: posted.ts };
  // A reply whose thread is closed to the bot stands alone, where it can still be told.
  if (channel !== approvals) return post(round, { ...place, channel: approvals, thread: null }, bringing);
  throw new ClosedChannelError(channel);
}

/** The bot may not write in the channel of a card, nor in the approvals channel. */
export class ClosedChannelError extends Error {
  override readonly name = 'ClosedChannelError';

  constructor(channel: string) {
    super(`the bot cannot write in ${channel}: invite it again`);
  }
}

function placeOf(record: RequestRecord, key: string, at: Pick<Place, 'channel' | 'thread'>): Place {
  return { ...at, request: record.id, key, since: record.intake.statement.at };
}

/** Renews the lease and tells by the monotonic clock, which a pause of the process does not stop, how long that is good for. */
async function renewed({ ledger, lease, clock }: Round): Promise<(() => boolean) | null> {
  const askedAt = clock.monotonic();
  const isOurs = await ledger.renewLease(lease, LEASE_MS);
  return isOurs ? () => clock.monotonic() - askedAt < SEND_WITHIN_MS : null;
}

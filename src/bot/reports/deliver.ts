import { digest } from '../../core/canonical';
import type { Conversation, Delivered, Lease, Ledger, Place, Random } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import type { Message } from '../cards/message';
import { thread, type Wanted } from './thread';

/** What a delivery needs. */
export interface DeliverParts {
  readonly ledger: Ledger;
  readonly conversation: Conversation<Message>;
  readonly random: Random;
}

/** Nobody else delivers for the request while the lease lives, in milliseconds; it is renewed before each message. */
const LEASE_MS = 8_000;

/** How often the record may move on during one delivery before the sweeper is left to go on. */
const ROUNDS = 5;

/**
 * Brings the thread of a request up to date: compares what should stand there with what was delivered. Throws when Slack
 * or the ledger fails; then the request stays unreported and is delivered later.
 */
export async function deliver(parts: DeliverParts, id: string): Promise<void> {
  // A holder per delivery, not per bot: two deliveries of one bot must not run side by side either.
  const lease = await parts.ledger.takeLease(`report-${id}`, parts.random.hex(8), LEASE_MS);
  if (!lease) return;
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const record = await parts.ledger.read(id);
      if (!record) return;
      if (!(await deliverRecord(parts, record, lease))) return;
      await parts.ledger.markReported(id, record.rev);
      if (!(await parts.ledger.unreported()).includes(id)) return;
    }
  } finally {
    await parts.ledger.releaseLease(lease).catch(() => undefined);
  }
}

/** False when the lease was lost: somebody else goes on. */
async function deliverRecord(parts: DeliverParts, record: RequestRecord, lease: Lease): Promise<boolean> {
  const delivered = new Map(await parts.ledger.delivered(record.id));
  for (const wanted of thread(record)) {
    const known = delivered.get(wanted.key);
    const digested = digest(wanted.message);
    if (known?.ts && known.digest === digested) continue;
    if (!(await parts.ledger.renewLease(lease, LEASE_MS))) return false;
    const cardTs = delivered.get('card')?.ts ?? null;
    const { channel } = record.card;
    const place = {
      channel,
      thread: wanted.key === 'card' ? null : cardTs,
      request: record.id,
      key: wanted.key,
    };
    const ts = await bring(parts, { wanted, known, place });
    const now: Delivered = { channel, ts, digest: digested };
    await parts.ledger.setDelivered(record.id, wanted.key, now);
    delivered.set(wanted.key, now);
  }
  return true;
}

/** Edits or posts one message and gives its timestamp. Before a post that may be a repeat, the channel is looked at. */
async function bring(
  { ledger, conversation }: DeliverParts,
  { wanted, known, place }: { wanted: Wanted; known: Delivered | undefined; place: Place },
): Promise<string> {
  const underWay = known && known.ts === null ? await conversation.find(place) : null;
  const ts = known?.ts ?? underWay;
  if (ts !== null && (await conversation.edit(place.channel, ts, wanted.message)) === 'edited') return ts;
  await ledger.setDelivered(place.request, place.key, { channel: place.channel, ts: null, digest: '' });
  return conversation.post(place, wanted.message);
}

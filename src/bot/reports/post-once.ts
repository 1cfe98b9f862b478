import { digest } from '../../core/canonical';
import type { Clock, Conversation, Delivered, Ledger, Place } from '../../core/ports';
import { SYSTEM_CHAIN } from '../../core/request/audit';
import type { Message } from '../cards/message';

/** What posting needs. */
interface PostingParts {
  readonly ledger: Pick<Ledger, 'setDelivered'>;
  readonly conversation: Conversation<Message>;
  readonly clock: Clock;
  readonly channels: { readonly approvals: string; readonly notices: string };
}

/** Posts what is about no request under a key once: one that is under way is looked for first. Falls back to the approvals channel. */
export async function postOnce(
  { ledger, conversation, channels, clock }: PostingParts,
  delivered: ReadonlyMap<string, Delivered>,
  { key, message, since = clock.now() }: { key: string; message: Message; since?: number },
): Promise<void> {
  const known = delivered.get(key);
  if (known && known.ts !== null) return;
  const placeIn = (channel: string): Place => ({ channel, thread: null, request: SYSTEM_CHAIN, key, since });
  const keep = (channel: string, ts: string | null) =>
    ledger.setDelivered(SYSTEM_CHAIN, key, { channel, ts, digest: digest(message) });
  const found = known && (await conversation.find(placeIn(known.channel)));
  if (known && found) return keep(known.channel, found);
  for (const channel of new Set([channels.notices, channels.approvals])) {
    await keep(channel, null);
    const posted = await conversation.post(placeIn(channel), message);
    if (posted !== 'closed') return keep(channel, posted.ts);
  }
}

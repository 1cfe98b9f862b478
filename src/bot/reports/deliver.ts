import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Clock, Conversation, Delivered, Lease, Ledger, Random } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import type { Policy, Reminders } from '../../core/settings';
import type { Message } from '../cards/message';
import { progressOf, type Deliveries } from '../plan-pages/listing';
import type { Hook } from '../webhook/sender';
import { besideRecord } from './beside-record';
import { bring, prepared, standingOf, type BringParts, type Standing } from './bring';
import { isSurelyUndone } from './conversation';
import { elsewhere, type OwnerRules } from './notices';
import type { Pace, PacedCall } from './pace';
import { callsOf } from './calls';
import { mentionedKey } from './reminders';
import { reversalThread, thread } from './thread';
import { toldEntry } from './told-entry';
import { CARD_KEY, digestOf, type Wanted } from './wanted';

/** What a delivery needs. */
export interface DeliveryParts extends OwnerRules {
  readonly ledger: Ledger;
  readonly conversation: Conversation<Message>;
  readonly clock: Clock;
  readonly random: Random;
  readonly policy: Policy;
  readonly channels: BringParts['channels'];
  readonly reminders: Reminders;
  /** Ids of the people or user groups that are called when nobody decides; may be empty. */
  readonly oncall: readonly string[];
  readonly pace: Pace;
  readonly hook?: Hook;
}

/** `busy`: somebody else delivers for this request right now. `later`: Slack wants to be left alone for so many milliseconds. */
export type Delivery = 'reported' | 'busy' | 'moving' | { readonly later: number };

/** Nobody else delivers for a request while its lease lives: the longest that a dead bot's request waits, in milliseconds. */
const LEASE_MS = 8_000;

/** A call to Slack is begun only so soon after the lease was taken or renewed: the lease then outlives the call's deadline of 5 s. */
const SEND_WITHIN_MS = 2_500;

/** A lease that is younger than this needs no renewal before a call. */
const FRESH_MS = 500;

/** After a call whose answer was lost nobody looks for this long: the message may still be under way. */
const SETTLE_MS = 2_000;

/** A request whose webhook is behind is looked at again after this, if nobody says before that it has caught up. */
const HOOK_MS = 60_000;

/** How often the record may move on during one delivery before somebody else has to ask again. */
const ROUNDS = 5;

/**
 * Brings the thread of a request up to date: compares what should stand there with what was delivered. Every message is
 * marked as under way before it is posted, and one found so is looked for before it is posted again: so a crash or a lost
 * answer neither doubles nor loses it. Throws when Slack or the ledger fails; the request then stays unreported.
 */
export async function deliver(parts: DeliveryParts, id: string): Promise<Delivery> {
  const { ledger, random, clock } = parts;
  const at = clock.monotonic();
  // A holder of its own for each delivery: two within one bot must exclude each other too.
  const lease = await ledger.takeLease(`report-${id}`, random.hex(8), LEASE_MS);
  if (!lease) return 'busy';
  try {
    const delivery = await deliverRounds(parts, { lease, at }, id);
    // What is marked as reported has given its lease back in the same step.
    if (delivery !== 'reported') await ledger.releaseLease(lease).catch(() => undefined);
    return delivery;
  } catch (error) {
    const ending = isSurelyUndone(error) ? ledger.releaseLease(lease) : ledger.renewLease(lease, SETTLE_MS);
    await ending.catch(() => undefined);
    throw error;
  }
}

async function deliverRounds(parts: DeliveryParts, held: Held, id: string): Promise<Delivery> {
  const { ledger } = parts;
  for (let round = 0; round < ROUNDS; round += 1) {
    const record = await ledger.read(id);
    if (!record) {
      await ledger.releaseLease(held.lease);
      return 'reported';
    }
    await pokeHook(parts, record);
    const later = await deliverRecord({ ...parts, held, record });
    if (later === 'lost') return 'busy';
    if (later > 0) return { later };
    const parent = await deliverParent(parts, record);
    if (parent !== 'reported') return parent;
    // Whatever is not sent yet is not reported: so it is found again after a restart.
    if (await pokeHook(parts, record)) return { later: HOOK_MS };
    if (await ledger.markReported(id, record.rev, held.lease)) return 'reported';
  }
  return 'moving';
}

/** True when something of the request is still to be sent to the webhook, which is then asked to; it says when all is. */
async function pokeHook({ hook, ledger }: DeliveryParts, record: RequestRecord): Promise<boolean> {
  if (!hook?.lacks(record, await ledger.delivered(record.id))) return false;
  hook.poke(record.id);
  return true;
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

/** The lease, and when it was asked for last, by the monotonic clock. */
interface Held {
  readonly lease: Lease;
  at: number;
}

interface Round extends DeliveryParts {
  readonly held: Held;
  readonly record: RequestRecord;
}

/** What should stand in the thread of a request, and the card that it belongs to: a reversal tells in its parent's thread. */
async function threadOf(
  { ledger, record, policy, clock }: Round,
  delivered: Deliveries,
): Promise<{
  readonly told: readonly Wanted[];
  readonly card: Delivered | undefined;
}> {
  if (record.reverses) {
    const parent = await ledger.delivered(record.parent?.id ?? '');
    return { told: reversalThread(record), card: parent.get(CARD_KEY) };
  }
  const context = { ...(await besideRecord({ ledger, clock }, record)), delivered };
  return { told: thread(record, policy, context), card: undefined };
}

/** After how many milliseconds the rest may be told, 0 when all is; or that the lease was lost on the way. */
type Told = number | 'lost';

async function deliverRecord(round: Round): Promise<Told> {
  const { ledger, record } = round;
  const delivered = new Map(await ledger.delivered(record.id));
  const { told, card } = await threadOf(round, delivered);
  const before = progressOf(record, delivered);
  const first = await bringAll(round, { wanted: told, delivered, card });
  if (first !== 0) return first;
  // The last page stands, or never will: the card says so, and may be approved or not.
  if (progressOf(record, delivered) !== before) return deliverRecord(round);
  // Whom to call depends on whether the card has called them.
  const reminding = { ...round, now: round.clock.now(), delivered: new Set(delivered.keys()) };
  const calls = callsOf(record, reminding);
  return bringAll(round, { wanted: [...calls, ...elsewhere(record, told, round)], delivered, card });
}

/** Messages in their order, with what was delivered so far; `card`: the one they belong to, if it is another request's. */
interface Batch {
  readonly wanted: readonly Wanted[];
  readonly delivered: Map<string, Delivered>;
  readonly card: Delivered | undefined;
}

async function bringAll(round: Round, batch: Batch): Promise<Told> {
  let later = 0;
  for (const wanted of batch.wanted) {
    const known = batch.delivered.get(wanted.key);
    if (known?.ts && known.digest === digestOf(wanted)) continue;
    const told = await bringOne(round, batch, wanted);
    if (told === 'lost') return told;
    later = Math.max(later, told);
    // An edit keeps nobody waiting, but replies come in their order.
    if (told > 0 && !known?.ts) break;
  }
  return later;
}

async function bringOne(round: Round, { delivered, card }: Batch, wanted: Wanted): Promise<Told> {
  const { ledger, record } = round;
  const known = delivered.get(wanted.key);
  const about = { wanted, known, card: card ?? delivered.get(CARD_KEY) };
  const standing = await standingOf(round, about);
  const call = callOf(record, standing, known);
  const wait = call ? round.pace.take(call) : 0;
  if (wait > 0) return wait;
  const ready = await unlessLimited(round, call, () => prepared(round, about));
  if (typeof ready === 'number') return ready;
  const mayGoOn = await renewed(round);
  if (!mayGoOn) return 'lost';
  const bringing = { ...about, ...ready, mayGoOn };
  const now = await unlessLimited(round, call, () => bring(round, standing, bringing));
  if (now === null) return 'lost';
  if (typeof now === 'number') return now;
  const told = { ...now, digest: digestOf(wanted) };
  const entry = toldEntry(wanted.key, told, { known, at: round.clock.now() });
  const keys = [wanted.key, ...(known ? [] : mentionedBy(wanted, record))];
  await ledger.setDelivered(record.id, keys, told, entry);
  for (const key of keys) delivered.set(key, told);
  return 0;
}

/** What Slack is about to be asked for; null when it is asked for nothing. */
function callOf(record: RequestRecord, standing: Standing, known: Delivered | undefined): PacedCall | null {
  if (!standing) return null;
  const isUrgent = record.ending !== null || ['waiting', 'awaiting-hand'].includes(record.state);
  return known?.ts
    ? { kind: 'edit', channel: known.channel, ts: known.ts, isUrgent }
    : { kind: 'post', channel: standing.channel, isUrgent };
}

/** The work's result, or for how many milliseconds Slack wants no such call. */
async function unlessLimited<T>(
  { pace }: Round,
  call: PacedCall | null,
  work: () => Promise<T>,
): Promise<T | number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WebAPIRateLimitedError)) throw error;
    const ms = Math.max(1, error.retryAfter) * 1_000;
    if (call) pace.refused(call, ms);
    return ms;
  }
}

/** A card that was new while it waited has called the approvers; an edit calls nobody. */
function mentionedBy({ key }: Wanted, { state, plan }: RequestRecord): readonly string[] {
  return key === CARD_KEY && state === 'waiting' && plan ? [mentionedKey(plan.number)] : [];
}

/** Sees to it that the lease is fresh, and tells by the monotonic clock, which a pause of the process does not stop, how long it is good for. */
async function renewed({ ledger, held, clock }: Round): Promise<(() => boolean) | null> {
  const askedAt = clock.monotonic();
  if (askedAt - held.at >= FRESH_MS) {
    if (!(await ledger.renewLease(held.lease, LEASE_MS))) return null;
    held.at = askedAt;
  }
  return () => clock.monotonic() - held.at < SEND_WITHIN_MS;
}

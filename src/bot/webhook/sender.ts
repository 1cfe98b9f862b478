import type { Clock, Delivered, Ledger, Random } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import type { Reminders } from '../../core/settings';
import { describeError, type BotLog } from '../log';
import { hookBody, hookEvents, type HookEvent } from './event';
import type { HookCall } from './call';
import { Places } from './places';

/** What sending needs. */
interface SenderParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: BotLog;
  readonly reminders: Reminders;
  readonly call: HookCall;
}

/** Tells the webhook, beside what is told in Slack: neither waits for the other. */
export interface Hook {
  /** Sees to it that everything of a request is sent, by and by. */
  poke(id: string): void;
  /** Whether something of it is still to be sent. */
  lacks(record: RequestRecord, delivered: ReadonlyMap<string, Delivered>): boolean;
  stop(): Promise<void>;
}

/** After each failure twice as long, at most this, in milliseconds. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

/** Longer than a call may take: one event is sent by one bot at a time. */
const LEASE_MS = 10_000;

/** How often what is not sent is looked for, in milliseconds. */
const SWEEP_EVERY_MS = 10_000;

/** So many calls at once: a receiver that hangs must not be buried. */
const AT_ONCE = 4;

/** What `channel` says of an entry that is about the webhook, and `ts` of one that was taken. */
const PLACE = 'webhook';
const TAKEN = 'taken';

/**
 * Sends the events of each request in their order, each until it is taken. What was taken, and how often the next one was tried,
 * stands in the ledger, so another bot or a later one goes on; an event may come twice, always with the same id. `done` hears of
 * a request of which all is sent.
 */
export function createHook(parts: SenderParts, done: (id: string) => void): Hook {
  const { ledger, clock, reminders } = parts;
  const end = new AbortController();
  const flights = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const calls = new Places(AT_ONCE);
  const lacking = (record: RequestRecord, delivered: ReadonlyMap<string, Delivered>): HookEvent | undefined =>
    hookEvents(record, clock.now(), reminders).find(({ key }) => delivered.get(key)?.ts !== TAKEN);

  async function sendAll(id: string): Promise<void> {
    for (let sent = 0; ; sent += 1) {
      again.delete(id);
      const record = await ledger.read(id);
      const delivered = await ledger.delivered(id);
      const event = record && lacking(record, delivered);
      if (!record || !event) {
        if (again.has(id)) continue;
        // Who asked although nothing was to be sent is not asked back.
        if (sent > 0) done(id);
        return;
      }
      const pause = pauseOf(delivered.get(event.key), clock.now());
      if (pause > 0) await clock.wait(pause, end.signal);
      if (end.signal.aborted) return;
      await calls.take(() => sendOne(parts, record, event), end.signal);
      if (end.signal.aborted) return;
    }
  }

  async function fly(id: string): Promise<void> {
    try {
      await sendAll(id);
    } catch (error) {
      // The sweeper of reports asks again: what is not sent is not reported.
      parts.log.warn({ ...describeError(error), request: id }, 'webhook delayed');
    } finally {
      flights.delete(id);
    }
  }

  const poke = (id: string): void => {
    again.add(id);
    if (!flights.has(id) && !end.signal.aborted) flights.set(id, fly(id));
  };
  const look = (record: RequestRecord, delivered: ReadonlyMap<string, Delivered>): void => {
    if (lacking(record, delivered)) poke(record.id);
  };
  const sweeping = sweepUntil(end.signal, parts, look);
  return {
    poke,
    lacks: (record, delivered) => lacking(record, delivered) !== undefined,
    async stop() {
      end.abort();
      await sweeping;
      await Promise.allSettled(flights.values());
    },
  };
}

/** Looks at what nobody pokes: after a restart, and while Slack keeps the reports waiting. */
async function sweepUntil(
  signal: AbortSignal,
  { ledger, clock, log }: SenderParts,
  look: (record: RequestRecord, delivered: ReadonlyMap<string, Delivered>) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for (const id of await ledger.unreported()) {
        const record = await ledger.read(id);
        if (record) look(record, await ledger.delivered(id));
        if (signal.aborted) return;
      }
    } catch (error) {
      log.warn(describeError(error), 'webhooks could not be swept');
    }
    await clock.wait(SWEEP_EVERY_MS, signal);
  }
}

/** One try. Whoever does not get the lease leaves it to who has it, and looks again a moment later. */
async function sendOne(
  { ledger, clock, random, log, call }: SenderParts,
  record: RequestRecord,
  event: HookEvent,
): Promise<void> {
  const lease = await ledger.takeLease(`hook-${record.id}`, random.hex(8), LEASE_MS);
  if (!lease) {
    await clock.wait(FIRST_PAUSE_MS);
    return;
  }
  try {
    const known = (await ledger.delivered(record.id)).get(event.key);
    if (known?.ts === TAKEN) return;
    const isTaken = await call({ id: event.id, body: hookBody(event, record) });
    const tries = triesOf(known) + 1;
    const next = clock.now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries - 1, 20));
    const told = isTaken ? { ts: TAKEN, digest: '' } : { ts: null, digest: `${tries} ${next}` };
    await ledger.setDelivered(record.id, event.key, { channel: PLACE, ...told });
    if (!isTaken) log.warn({ request: record.label, tries }, 'the webhook did not take an event');
  } finally {
    await ledger.releaseLease(lease).catch(() => undefined);
  }
}

function triesOf(known: Delivered | undefined): number {
  return Number(/^(\d+) \d+$/.exec(known?.digest ?? '')?.[1] ?? 0);
}

function pauseOf(known: Delivered | undefined, now: number): number {
  const next = Number(/^\d+ (\d+)$/.exec(known?.digest ?? '')?.[1] ?? 0);
  // A clock that was set back must not keep anything for longer.
  return Math.min(LONGEST_PAUSE_MS, Math.max(0, next - now));
}

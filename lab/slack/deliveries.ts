import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, DeliveryType, Way } from './delivery';
import type { Faults } from './faults';
import type { Fields } from './fields';

interface Parts {
  way: Way;
  faults: Faults;
  /** The waits before the further tries of an unacked event, in milliseconds. */
  eventRetriesMs: number[];
}

/**
 * Delivers payloads to the app by one way or the other, and events again until they are acked: at once, after one
 * minute, after five (docs.slack.dev/apis/events-api, "Retries").
 */
export class Deliveries {
  readonly #parts: Parts;
  #retries = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A command or interaction: one try. */
  async deliver(type: DeliveryType, payload: Fields): Promise<Delivery> {
    return this.#attempt(type, payload);
  }

  /** An event: tried again with the same event_id until acked. Resolves after the first try. */
  async deliverEvent(payload: Fields): Promise<Delivery> {
    const first = await this.#attempt('events_api', payload, { attempt: 0, reason: '' });
    if (!first.acked) void this.#retryEvent(payload, first, this.#retries.signal);
    return first;
  }

  /** How many receivers the app has right now. */
  count(): number {
    return this.#parts.way.count();
  }

  /** Gives up the events that are still to be tried again. */
  forget(): void {
    this.#retries.abort();
    this.#retries = new AbortController();
  }

  /** Ends every wait. */
  close(): void {
    this.#retries.abort();
    this.#parts.way.close();
  }

  async #retryEvent(payload: Fields, first: Delivery, signal: AbortSignal): Promise<void> {
    let last = first;
    for (const [index, waitMs] of this.#parts.eventRetriesMs.entries()) {
      if (last.acked || last.isFinal) return;
      await pause(waitMs, signal);
      if (signal.aborted) return;
      last = await this.#attempt('events_api', payload, { attempt: index + 1, reason: last.reason });
    }
  }

  async #attempt(
    type: DeliveryType,
    payload: Fields,
    retry?: { attempt: number; reason: string },
  ): Promise<Delivery> {
    const faults = this.#parts.faults.strikeEnvelope(type);
    for (const fault of faults) {
      if (fault.kind === 'delay-envelope') await pause(fault.delay_ms, this.#retries.signal);
    }
    return this.#parts.way.attempt({ type, payload, faults, ...(retry && { retry }) });
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connections } from './connections';
import type { EnvelopeFault, Faults } from './faults';
import type { Fields } from './fields';
import { isFields, textIn } from './fields';
import type { Traffic } from './traffic';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

/** What became of an envelope: the payload of its ack, or Slack's word for why there is none. */
export type Delivery =
  | { acked: true; payload: Fields }
  | { acked: false; error: 'dispatch_failed' | 'operation_timeout' };

/** How long Slack waits for an ack, and before each further try of an event. */
interface EnvelopeTimes {
  ackTimeoutMs: number;
  eventRetriesMs: number[];
}

interface Parts {
  connections: Connections;
  faults: Faults;
  traffic: Traffic;
  times: EnvelopeTimes;
}

const undelivered: Delivery = { acked: false, error: 'dispatch_failed' };

/** Delivers payloads over Socket Mode and matches acks to them. */
export class Envelopes {
  readonly #parts: Parts;
  readonly #unacked = new Map<string, (delivery: Delivery) => void>();
  readonly #closing = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.connections.listen((message) => this.#acked(message));
  }

  /** A command or interaction: one try, to one connection. */
  async deliver(type: EnvelopeType, payload: Fields): Promise<Delivery> {
    return this.#attempt(type, payload, {});
  }

  /** An event: tried again, with a new envelope and the same event_id, until acked. Resolves after the first try. */
  async deliverEvent(payload: Fields): Promise<Delivery> {
    const first = await this.#attempt('events_api', payload, { retry_attempt: 0, retry_reason: '' });
    if (!first.acked) void this.#retryEvent(payload);
    return first;
  }

  /** Ends every wait. */
  close(): void {
    this.#closing.abort();
    for (const settle of this.#unacked.values()) settle(undelivered);
  }

  async #retryEvent(payload: Fields): Promise<void> {
    for (const [index, waitMs] of this.#parts.times.eventRetriesMs.entries()) {
      await this.#pause(waitMs);
      if (this.#closing.signal.aborted) return;
      const retry = { retry_attempt: index + 1, retry_reason: 'timeout' };
      const delivery = await this.#attempt('events_api', payload, retry);
      if (delivery.acked) return;
    }
  }

  async #attempt(type: EnvelopeType, payload: Fields, extra: Fields): Promise<Delivery> {
    const faults = this.#parts.faults.strikeEnvelope(type);
    for (const fault of faults) if (fault.kind === 'delay-envelope') await this.#pause(fault.delay_ms);
    const id = randomUUID();
    const envelope = {
      envelope_id: id,
      type,
      accepts_response_payload: type !== 'events_api',
      payload,
      ...extra,
    };
    const answer = this.#awaitAck(id);
    const socket = this.#parts.connections.send(envelope);
    this.#parts.traffic.record({
      direction: 'to-app',
      name: type,
      result: socket ? 'sent' : 'no connection',
    });
    if (!socket) {
      this.#unacked.get(id)?.(undelivered);
      return answer;
    }
    for (const fault of faults) this.#strike(fault, envelope, socket);
    return answer;
  }

  #strike(fault: EnvelopeFault, envelope: Fields, socket: { terminate(): void }): void {
    if (fault.kind === 'cut') socket.terminate();
    if (fault.kind !== 'duplicate') return;
    this.#parts.connections.send(fault.new_envelope ? { ...envelope, envelope_id: randomUUID() } : envelope);
    this.#parts.traffic.record({ direction: 'to-app', name: textIn(envelope, 'type'), result: 'sent again' });
  }

  #awaitAck(id: string): Promise<Delivery> {
    return new Promise((resolve) => {
      const settle = (delivery: Delivery): void => {
        clearTimeout(timer);
        this.#unacked.delete(id);
        resolve(delivery);
      };
      const timeout: Delivery = { acked: false, error: 'operation_timeout' };
      const timer = setTimeout(() => settle(timeout), this.#parts.times.ackTimeoutMs);
      this.#unacked.set(id, settle);
    });
  }

  #acked(message: Fields): void {
    const settle = this.#unacked.get(textIn(message, 'envelope_id'));
    const payload = message['payload'];
    this.#parts.traffic.record({
      direction: 'to-slack',
      name: 'ack',
      result: settle ? 'ok' : 'late or unknown',
    });
    settle?.({ acked: true, payload: isFields(payload) ? payload : {} });
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
  }
}

import { randomUUID } from 'node:crypto';
import type { Connections } from './connections';
import type { Delivery, Sending, Way } from './delivery';
import { undelivered } from './delivery';
import type { Fields } from './fields';
import { isFields, textIn } from './fields';
import type { Traffic } from './traffic';

interface Parts {
  connections: Connections;
  traffic: Traffic;
  ackTimeoutMs: number;
}

const timeout: Delivery = { acked: false, error: 'operation_timeout', reason: 'timeout' };

/** Sends envelopes over the app's WebSockets, each to exactly one, and matches acks to them. */
export class SocketMode implements Way {
  readonly #parts: Parts;
  readonly #unacked = new Map<string, (delivery: Delivery) => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.connections.listen((message) => this.#acked(message));
  }

  async attempt(sending: Sending): Promise<Delivery> {
    const { type, payload, retry } = sending;
    const id = randomUUID();
    const envelope = {
      envelope_id: id,
      type,
      accepts_response_payload: type !== 'events_api',
      payload,
      ...(retry && { retry_attempt: retry.attempt, retry_reason: retry.reason }),
    };
    const answer = this.#awaitAck(id);
    const socket = this.#parts.connections.send(envelope);
    this.#record(type, socket ? 'sent' : 'no connection');
    if (!socket) {
      this.#unacked.get(id)?.(undelivered);
      return answer;
    }
    for (const fault of sending.faults) {
      if (fault.kind === 'cut') socket.terminate();
      if (fault.kind !== 'duplicate') continue;
      this.#parts.connections.send(
        fault.new_envelope ? { ...envelope, envelope_id: randomUUID() } : envelope,
      );
      this.#record(type, 'sent again');
    }
    return answer;
  }

  count(): number {
    return this.#parts.connections.count();
  }

  async whenReachable(): Promise<void> {
    await this.#parts.connections.whenConnected();
  }

  close(): void {
    for (const settle of this.#unacked.values()) settle(undelivered);
  }

  #awaitAck(id: string): Promise<Delivery> {
    return new Promise((resolve) => {
      const settle = (delivery: Delivery): void => {
        clearTimeout(timer);
        this.#unacked.delete(id);
        resolve(delivery);
      };
      const timer = setTimeout(() => settle(timeout), this.#parts.ackTimeoutMs);
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

  #record(name: string, result: string): void {
    this.#parts.traffic.record({ direction: 'to-app', name, result });
  }
}

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Fields } from './fields';
import { isFields } from './fields';
import { app } from './workspace';

/** One Socket Mode connection of the app. */
interface Connection {
  socket: WebSocket;
  /** Asked to go: gets no more envelopes. */
  isLeaving: boolean;
  answeredPing: boolean;
}

/** Why Slack asks a connection to go. */
export type DisconnectReason = 'refresh_requested' | 'warning' | 'link_disabled' | 'too_many_websockets';

/** A client that heard one ping expects the next within 30 s, so pings never stop. */
const pingEveryMs = 10_000;

/** How long a client has to answer a close when the stand-in ends. */
const closeWithinMs = 300;

/** After this a client that was asked to go is cut off. */
const leaveWithinMs = 10_000;

/** The app's open WebSockets: tickets, hello, pings, closing. Which envelope goes where is `Envelopes`' matter. */
export class Connections {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #waiting = new Set<() => void>();
  readonly #pings: NodeJS.Timeout;
  #open: Connection[] = [];
  #onMessage: (message: Fields) => void = () => undefined;

  constructor() {
    this.#pings = setInterval(() => this.#pingAll(), pingEveryMs).unref();
  }

  /** A ticket for one connection. */
  issueTicket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Takes over an HTTP upgrade; a used or unknown ticket is refused with 403. */
  accept(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#add(socket));
  }

  /** Who listens to what the app sends. */
  listen(onMessage: (message: Fields) => void): void {
    this.#onMessage = onMessage;
  }

  count(): number {
    return this.#open.filter((connection) => !connection.isLeaving).length;
  }

  /** Resolves as soon as at least `count` connections take envelopes. */
  async whenConnected(count = 1): Promise<void> {
    while (this.count() < count) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Sends to exactly one connection, each in turn; returns it, or undefined if there is none. */
  send(message: Fields): WebSocket | undefined {
    const at = this.#open.findIndex(
      (connection) => !connection.isLeaving && connection.socket.readyState === connection.socket.OPEN,
    );
    const [connection] = at < 0 ? [] : this.#open.splice(at, 1);
    if (!connection) return undefined;
    this.#open.push(connection);
    connection.socket.send(JSON.stringify(message));
    return connection.socket;
  }

  /** Asks connections to go, as Slack does when it moves them; `drop` cuts them without a word. */
  disconnect(how: { which: 'one' | 'all'; reason: DisconnectReason; drop: boolean }): number {
    const staying = this.#open.filter((connection) => !connection.isLeaving);
    const chosen = how.which === 'all' ? staying : staying.slice(0, 1);
    for (const connection of chosen) {
      connection.isLeaving = true;
      if (how.drop) {
        connection.socket.terminate();
      } else {
        const words = { type: 'disconnect', reason: how.reason, debug_info: { host: 'practice' } };
        connection.socket.send(JSON.stringify(words));
        setTimeout(() => connection.socket.terminate(), leaveWithinMs).unref();
      }
    }
    return chosen.length;
  }

  /** Closes every connection, by force those that do not answer the close. */
  async close(): Promise<void> {
    clearInterval(this.#pings);
    const closing = this.#open.map(({ socket }) => once(socket, 'close'));
    for (const { socket } of this.#open) socket.close(1001);
    await Promise.race([Promise.allSettled(closing), sleep(closeWithinMs, undefined, { ref: false })]);
    for (const { socket } of this.#open) socket.terminate();
    this.#server.close();
  }

  #add(socket: WebSocket): void {
    const connection: Connection = { socket, isLeaving: false, answeredPing: true };
    this.#open.push(connection);
    socket.on('pong', () => (connection.answeredPing = true));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => (this.#open = this.#open.filter((other) => other !== connection)));
    socket.on('message', (data, isBinary) => {
      const message = isBinary ? undefined : parsed(data);
      if (message) this.#onMessage(message);
    });
    socket.send(JSON.stringify(this.#hello()));
    socket.ping();
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #hello(): Fields {
    return {
      type: 'hello',
      num_connections: this.count(),
      debug_info: { host: 'practice', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: app.appId },
    };
  }

  #pingAll(): void {
    for (const connection of this.#open) {
      if (!connection.answeredPing) {
        connection.socket.terminate();
        continue;
      }
      connection.answeredPing = false;
      connection.socket.ping();
    }
  }
}

function parsed(data: RawData): Fields | undefined {
  try {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { HTTPReceiver, SocketModeReceiver, type App, type Logger, type Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { lockAddress, type Mode } from '../core/mode-lock';
import type { Clock } from '../core/ports';
import { MAX_SKEW_MS } from '../core/request/warrant';
import { inTime } from './in-time';

/** How Slack's events, commands and clicks reach the bot, with the secret that this way needs. */
export type ReceptionWay =
  | { readonly kind: 'socket'; readonly appToken: string }
  | {
      readonly kind: 'http';
      readonly signingSecret: string;
      readonly listen: { readonly address: string; readonly port: number };
    };

/** The bot's side of that way. */
export interface Reception {
  /** For Bolt's App. */
  readonly receiver: Receiver;
  /** Resolves when Slack can reach the app. */
  start(app: App): Promise<unknown>;
  /** Nothing more is taken; what is under way is waited for, but not forever. */
  stop(): Promise<void>;
}

interface ReceptionParts {
  readonly mode: Mode;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For Socket Mode, which asks Slack for its socket by itself. */
  readonly connecting: WebClientOptions;
}

/** Peers that do not complete the closing handshake are waited for this long, in milliseconds. */
const GOODBYE_MS = 2_000;

/** Bolt answers every request within 3 s, acknowledged or not; a second more, in milliseconds. */
const IN_FLIGHT_MS = 4_000;

/** Who does not send a whole request in this time is cut off, in milliseconds: Slack itself waits 3 s. */
const REQUEST_MS = 10_000;

/** Makes the receiver; nothing listens or connects yet. Throws ModeLockError for an address that the mode forbids. */
export function openReception(way: ReceptionWay, parts: ReceptionParts): Reception {
  return way.kind === 'socket' ? overSocket(way.appToken, parts) : overHttp(way, parts);
}

function overSocket(appToken: string, { clock, logger, connecting }: ReceptionParts): Reception {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: { clientOptions: connecting },
  });
  return {
    receiver,
    start: (app) => app.start(),
    async stop() {
      await inTime(clock, GOODBYE_MS, receiver.client.disconnect());
    },
  };
}

/**
 * Whether a request's timestamp (seconds since 1970) is not from the future, beyond what clocks may differ by. Bolt refuses what is older than five
 * minutes and accepts whatever is newer, so a request from the future could be replayed until then.
 */
function isTimely({ headers }: IncomingMessage, now: number): boolean {
  const stamp = headers['x-slack-request-timestamp'];
  // Without one Bolt's signature cannot hold.
  if (stamp === undefined) return true;
  if (typeof stamp !== 'string' || !/^\d{1,12}$/.test(stamp)) return false;
  return Number(stamp) * 1000 <= now + MAX_SKEW_MS;
}

function overHttp(
  { signingSecret, listen }: ReceptionWay & { kind: 'http' },
  { mode, clock, logger }: ReceptionParts,
): Reception {
  const { address, port } = listen;
  lockAddress(mode, 'listening', `http://${address.includes(':') ? `[${address}]` : address}:${port}`);
  const receiver = new HTTPReceiver({ signingSecret, logger, endpoints: '/slack/events' });
  const verified = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (isTimely(request, clock.now())) return verified(request, response);
    // As Bolt answers what is not Slack's: the signature may be right, and then somebody has kept it for later.
    response.writeHead(401).end();
    return undefined;
  };
  let server: Server | undefined;
  const inFlight = new Set<ServerResponse>();
  return {
    receiver,
    async start() {
      const timeouts = { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS };
      server = await receiver.start({ host: address, port }, timeouts);
      server.on('request', (_, response: ServerResponse) => {
        inFlight.add(response);
        response.once('close', () => inFlight.delete(response));
      });
    },
    async stop() {
      if (!server) return;
      const listening = server;
      server = undefined;
      const closed = receiver.stop();
      // A connection that is kept alive after its answer would hold the server open until it times out.
      for (const response of inFlight) if (!response.headersSent) response.setHeader('connection', 'close');
      if ((await inTime(clock, IN_FLIGHT_MS, closed)) === 'late') listening.closeAllConnections();
    },
  };
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Changes } from './changes';
import { Connections } from './connections';
import { answerControl } from './control/endpoint';
import { Deliveries } from './deliveries';
import type { Way } from './delivery';
import { Faults } from './faults';
import { hasLabToken, isCrossOriginFetch, refuseForeign } from './gate';
import { sendJson } from './http';
import { HttpMode } from './http-mode';
import { Messages } from './messages';
import type { ResolvedOptions, SlackOptions } from './options';
import { resolveOptions } from './options';
import { keepToken, sendPage, streamChanges } from './page';
import type { Parts } from './parts';
import { answerResponseUrl } from './response-url-endpoint';
import { Rates } from './rates';
import { ReadMarks } from './read-marks';
import { ResponseUrls } from './response-urls';
import { isSameSecret } from './secrets';
import { SocketMode } from './socket-mode';
import { Traffic } from './traffic';
import { Triggers } from './triggers';
import { answerUpload, sendFile } from './upload-endpoint';
import { Uploads } from './uploads';
import { Views } from './views';
import { answerApi } from './web-api/endpoint';
import { Workspace } from './workspace';

/** A running stand-in: its addresses, and its insides for tests in the same process. */
export interface SlackStandIn {
  /** `http://address:port`, without a slash. */
  url: string;
  /** For Bolt's `clientOptions.slackApiUrl`: `http://address:port/api/`. */
  apiUrl: string;
  /** What a person opens in a browser. */
  pageUrl: string;
  workspace: Workspace;
  messages: Messages;
  views: Views;
  faults: Faults;
  traffic: Traffic;
  connections: Connections;
  /** Lets every open page look again, after something that is not Slack's has changed. */
  redraw(): void;
  triggers: Triggers;
  /** Resolves once the app is connected, or its request URL has answered the challenge. */
  whenReachable(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the stand-in for Slack on a loopback address. Throws for any other address and in production. */
export async function startSlack(options: SlackOptions): Promise<SlackStandIn> {
  const { parts, way } = buildParts(resolveOptions(options));
  const server = createServer((request, response) => void answer(parts, request, response));
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    const isForeign = refuseForeign(request, parts.authority) !== undefined;
    if (isForeign || !request.url?.startsWith('/link/')) stream.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    else parts.connections.accept(request, stream, head);
  });
  parts.authority = await listen(server, parts.options).catch((error: unknown) => {
    parts.deliveries.close();
    throw error;
  });
  const url = `http://${parts.authority}`;
  return {
    url,
    apiUrl: `${url}/api/`,
    pageUrl: `${url}/?token=${encodeURIComponent(parts.options.labToken)}`,
    workspace: parts.workspace,
    messages: parts.messages,
    views: parts.views,
    faults: parts.faults,
    traffic: parts.traffic,
    connections: parts.connections,
    redraw: () => parts.changes.record({ what: 'workspace' }),
    triggers: parts.triggers,
    whenReachable: () => way.whenReachable(),
    close: () => close(parts, server),
  };
}

function buildParts(options: ResolvedOptions): { parts: Parts; way: Way } {
  const changes = new Changes();
  const faults = new Faults();
  const traffic = new Traffic();
  const connections = new Connections();
  const { times } = options;
  const way = wayOf(options, { connections, traffic });
  const parts: Parts = {
    options,
    authority: '',
    workspace: new Workspace(options),
    changes,
    messages: new Messages(changes),
    views: new Views(changes),
    triggers: new Triggers(times.triggerLifeMs),
    responseUrls: new ResponseUrls(times.responseUrlLifeMs),
    suggestions: new WeakMap(),
    faults,
    traffic,
    connections,
    deliveries: new Deliveries({ way, faults, eventRetriesMs: times.eventRetriesMs }),
    rates: new Rates(options.rates),
    readMarks: new ReadMarks(),
    uploads: new Uploads(),
  };
  return { parts, way };
}

function wayOf(
  options: ResolvedOptions,
  { connections, traffic }: Pick<Parts, 'connections' | 'traffic'>,
): Way {
  const { delivery, signingSecret, times } = options;
  const { ackTimeoutMs } = times;
  if (delivery.kind === 'socket') return new SocketMode({ connections, traffic, ackTimeoutMs });
  return new HttpMode({ urls: delivery, signingSecret, traffic, ackTimeoutMs });
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(parts, request, response);
  } catch (error) {
    console.error('The Slack stand-in could not answer', request.method, request.url, error);
    if (response.headersSent) response.destroy();
    else sendJson(response, 500, { ok: false, error: 'fatal_error' });
  }
}

async function route(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const foreign = refuseForeign(request, parts.authority);
  if (foreign) return sendJson(response, 403, { ok: false, error: foreign });
  const url = new URL(request.url ?? '/', `http://${parts.authority}`);
  const path = url.pathname;
  if (path.startsWith('/api/')) return answerApi(parts, path.slice('/api/'.length), { request, response });
  if (path.startsWith('/upload/')) return answerUpload(parts, path, { request, response });
  if (path.startsWith('/hooks/')) return answerResponseUrl(parts, path, { request, response });
  const { labToken } = parts.options;
  if (path === '/' && isSameSecret(url.searchParams.get('token') ?? '', labToken))
    return keepToken(labToken, response);
  if (isCrossOriginFetch(request)) return sendJson(response, 403, { ok: false, error: 'foreign_origin' });
  if (!hasLabToken(request, labToken))
    return sendJson(response, 401, { ok: false, error: 'lab_token_wanted' });
  if (path.startsWith('/_lab/')) return answerLab(parts, url, { request, response });
  if (request.method === 'GET' && sendPage(path, response)) return undefined;
  return sendJson(response, 404, { ok: false, error: 'not_found' });
}

/** What the page asks for beside its own files. */
async function answerLab(
  parts: Parts,
  url: URL,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const path = url.pathname;
  if (path === '/_lab/events') return streamChanges(parts, exchange.response);
  if (path.startsWith('/_lab/file/')) return sendFile(parts, path, exchange.response);
  return answerControl(parts, url, exchange);
}

async function listen(server: Server, options: ResolvedOptions): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.address, resolve);
  });
  // SAFETY: a server listening on TCP has an address object.
  const { port } = server.address() as AddressInfo;
  return `${options.address}:${port}`;
}

async function close(parts: Parts, server: Server): Promise<void> {
  parts.deliveries.close();
  await parts.connections.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

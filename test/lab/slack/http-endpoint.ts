import { once } from 'node:events';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';

/** What came in at a request URL. */
interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the endpoint answers; `hang` never does. */
type Reply = { status?: number; headers?: Record<string, string>; body?: string } | 'hang';

/** A request URL without Bolt, for what Bolt would hide: it answers challenges and keeps everything else it gets. */
export interface HttpEndpoint {
  received: Received[];
  /** Decides the answer to each request that is no challenge. */
  reply: (received: Received) => Reply;
  challenges: number;
  close(): Promise<void>;
}

/** Listens at this address. */
export async function startEndpoint(address: string, port: number): Promise<HttpEndpoint> {
  const endpoint: HttpEndpoint = {
    received: [],
    reply: () => ({}),
    challenges: 0,
    close: () => close(server),
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const received = { path: request.url ?? '', headers: request.headers, body };
      const challenge = /"challenge":"([^"]+)"/.exec(body)?.[1];
      if (challenge !== undefined) {
        endpoint.challenges += 1;
        response.end(challenge);
        return;
      }
      endpoint.received.push(received);
      const reply = endpoint.reply(received);
      if (reply !== 'hang') response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
    });
  });
  server.listen(port, address);
  await once(server, 'listening');
  return endpoint;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server and spoils the way; it sees raw bytes only, since TLS is end-to-end. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that were ever opened. */
  connections(): number;
  /** Ends every connection; new ones work. Resolves when the clients have noticed. */
  cut(): Promise<void>;
  /** Passes nothing on any more, either way, on these and new connections; nobody is told. */
  stall(): void;
  /** Passes on again, what was kept back too. */
  resume(): void;
  /** Lets requests through, and breaks a connection instead of passing on the next that the server says. */
  dropReply(): void;
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
}

/** Listens on a port of its own of 127.0.0.1 for one server. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let opened = 0;
  let isStalled = false;
  let dropsReply = false;

  const end = (pair: Pair): void => {
    pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  };
  const hold = (pair: Pair): void => {
    pair.client.pause();
    pair.server.pause();
  };
  const listener = createServer((client) => {
    opened += 1;
    const server = connect(target);
    const pair = { client, server };
    pairs.add(pair);
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => (dropsReply ? end(pair) : client.write(bytes)));
    for (const socket of [client, server]) {
      socket.on('error', () => end(pair));
      socket.on('close', () => end(pair));
    }
    if (isStalled) hold(pair);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const bound = listener.address();
  if (bound === null || typeof bound === 'string') throw new Error('The proxy got no port');

  return {
    port: bound.port,
    connections: () => opened,
    async cut() {
      const noticed = [...pairs].map(({ client }) => once(client, 'close'));
      for (const { client, server } of pairs) {
        server.removeAllListeners('close').destroy();
        client.end();
      }
      await Promise.all(noticed);
    },
    stall() {
      isStalled = true;
      pairs.forEach(hold);
    },
    resume() {
      isStalled = false;
      dropsReply = false;
      for (const { client, server } of pairs) {
        client.resume();
        server.resume();
      }
    },
    dropReply() {
      dropsReply = true;
    },
    async close() {
      const closed = once(listener, 'close');
      listener.close();
      pairs.forEach(end);
      await closed;
    },
  };
}

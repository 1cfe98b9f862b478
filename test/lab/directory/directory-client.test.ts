import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDirectoryClient } from '../../../lab/directory/directory-client';
import { directoryRoute } from '../../../lab/directory/directory-route';
import { simulateDomain } from '../../../lab/directory/simulated-domain';
import type { Modification } from '../../../src/core/ports';
import { systemClock } from '../../../src/jobs/ports/system-clock';

const change: Modification = {
  guid: '0d000000-0000-4000-8000-000000000001',
  dn: 'CN=hyper-v01,OU=Hyper-V,DC=mabofeng,DC=com',
  attribute: 'msDS-AllowedToDelegateTo',
  add: ['cifs/x'],
  remove: [],
};

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** A client of a server that answers so. */
async function clientOf(answer: RequestListener, deadlines?: { readMs: number; writeMs: number }) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  // SAFETY: a server listening on TCP has an address object.
  const { port } = server.address() as AddressInfo;
  const access = {
    kind: 'simulated',
    url: `http://127.0.0.1:${port}`,
    labToken: 't',
    server: 'dc1',
  } as const;
  return { client: openDirectoryClient(access, deadlines), server };
}

describe('the client of a simulated directory', () => {
  it.each<[string, RequestListener]>([
    ['the connection breaks after the request', (request) => void request.socket.destroy()],
    ['the answer does not come in time', () => undefined],
    ['the server fails', (_, response) => void response.writeHead(500).end('{}')],
    ['the answer is cut off', (_, response) => void response.writeHead(200).end('{"ok":tr')],
  ])('does not know whether a change was made when %s, and reads again later', async (_, answer) => {
    const { client } = await clientOf(answer, { readMs: 300, writeMs: 300 });
    await expect(client.modify(change)).rejects.toMatchObject({ name: 'Fault', retry: 'unknown' });
    await expect(client.read(change.guid)).rejects.toMatchObject({ name: 'Fault', retry: 'later' });
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const { client, server } = await clientOf(() => undefined);
    server.close();
    await once(server, 'close');
    await expect(client.modify(change)).rejects.toMatchObject({
      code: 'directory.unreachable',
      retry: 'later',
    });
  });

  it('goes to loopback only', () => {
    const access = { kind: 'simulated', url: 'http://192.0.2.1', labToken: 't', server: 'dc1' } as const;
    expect(() => openDirectoryClient(access)).toThrow('not a loopback address');
  });
});

describe('the route of a simulated directory', () => {
  it.each([
    ['no method', {}],
    ['another method', { method: 'remove', guid: change.guid }],
    ['another attribute', { method: 'modify', change: { ...change, attribute: 'userAccountControl' } }],
    ['values that are none', { method: 'modify', change: { ...change, add: [1] } }],
  ])('takes nothing with %s', async (_, body) => {
    const { directory, domain } = simulateDomain(systemClock);
    const before = domain.objects();
    const answer = await directoryRoute(directory)({ query: new URLSearchParams(), body });
    expect(answer).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(domain.objects()).toEqual(before);
  });
});

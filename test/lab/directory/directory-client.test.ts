import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

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
  const list = { method: 'modify', change } as const;
  const trust = {
    method: 'modify',
    change: { guid: change.guid, dn: change.dn, attribute: 'userAccountControl', before: 1, after: 2 },
  } as const;

  function post(body: { server?: string; call: object }) {
    const { directory, domain } = simulateDomain(systemClock);
    const before = domain.objects();
    const sent = { query: new URLSearchParams(), body: { server: directory.server, ...body } };
    return {
      answer: directoryRoute(directory)(sent),
      isSame: () => isDeepStrictEqual(domain.objects(), before),
    };
  }

  it('takes a change, and gives the directory’s own rules', async () => {
    const { answer, isSame } = post({ call: list });
    expect(await answer).toEqual({ ok: true, result: 'changed' });
    expect(isSame()).toBe(false);
    await expect(post({ call: trust }).answer).rejects.toThrow('invariant');
  });

  it.each<[string, { server?: string; call: object }]>([
    ['no method', { call: {} }],
    ['another method', { call: { method: 'remove', guid: change.guid } }],
    ['another server', { server: 'dc9', call: list }],
    ['another attribute', { call: { ...list, change: { ...change, attribute: 'servicePrincipalName' } } }],
    [
      'the values of another attribute',
      { call: { ...list, change: { ...change, attribute: 'userAccountControl' } } },
    ],
    ['values that are none', { call: { ...list, change: { ...change, add: [1] } } }],
    ['a number that is none', { call: { ...trust, change: { ...trust.change, after: '2' } } }],
  ])('takes nothing with %s', async (_, body) => {
    const { answer, isSame } = post(body);
    expect(await answer).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(isSame()).toBe(true);
  });
});

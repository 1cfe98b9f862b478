import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lockedFetch } from '../../src/bot/locked-fetch';
import { ModeLockError } from '../../src/core/mode-lock';

let server: Server;
let base: string;
let answer: { status: number; headers: Record<string, string>; body: string };
let calls = 0;

beforeAll(async () => {
  server = createServer((_, response) => {
    calls += 1;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // SAFETY: a server listening on TCP has an address object.
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = 0;
  answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' };
});

const opened = (url: string): void => {
  answer = { ...answer, body: JSON.stringify({ ok: true, url }) };
};
const open = (): Promise<Response> =>
  lockedFetch('lab', () => undefined)(`${base}/api/apps.connections.open`);

describe('the locked fetch', () => {
  it.each([
    ['a name outside', 'https://slack.com/api/auth.test'],
    ['a look-alike of loopback', 'http://127.0.0.1.example.com/'],
    ['localhost, which is only a name', 'http://localhost/'],
  ])('refuses %s in lab mode before anything is sent', async (_, address) => {
    await expect(lockedFetch('lab', () => undefined)(address)).rejects.toThrow(ModeLockError);
  });

  it.each([
    ['loopback', `http://127.0.0.1/api/`],
    ['plain HTTP', 'http://slack.com/api/'],
    ['a name that only ends alike', 'https://evilslack.com/api/'],
    ['Slack as a user name', 'https://slack.com@example.com/api/'],
    ['Slack as a label', 'https://slack.com.example.com/api/'],
  ])('refuses %s in normal mode before anything is sent', async (_, address) => {
    await expect(lockedFetch('normal', () => undefined)(address)).rejects.toThrow(ModeLockError);
  });

  it('lets loopback through in lab mode', async () => {
    const response = await lockedFetch('lab', () => undefined)(`${base}/api/auth.test`);
    expect(await response.json()).toEqual({ ok: true });
  });

  it('refuses a redirect that leads out, and tells so', async () => {
    const refused: unknown[] = [];
    answer = { status: 302, headers: { location: 'https://example.com/' }, body: '' };
    const fetching = lockedFetch('lab', (error) => refused.push(error))(`${base}/api/auth.test`);
    await expect(fetching).rejects.toThrow(/example\.com/);
    expect(refused).toEqual([expect.any(ModeLockError)]);
  });

  it('follows no redirect, not even an allowed one', async () => {
    answer = { status: 302, headers: { location: `${base}/elsewhere` }, body: '' };
    const response = await lockedFetch('lab', () => undefined)(`${base}/api/auth.test`);
    expect([response.status, calls]).toEqual([302, 1]);
  });

  it('refuses the answer of apps.connections.open whose socket is outside', async () => {
    opened('wss://wss-primary.slack.com/link/?ticket=1');
    await expect(open()).rejects.toThrow(ModeLockError);
  });

  it('takes the answer of apps.connections.open whose socket is inside, and leaves its body to be read', async () => {
    opened('ws://127.9.9.9:1/link/');
    expect(await (await open()).json()).toEqual({ ok: true, url: 'ws://127.9.9.9:1/link/' });
  });

  it('leaves an answer that is no JSON to the caller', async () => {
    answer = { status: 502, headers: {}, body: '<html>' };
    expect((await open()).status).toBe(502);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countedFetch } from '../../src/bot/counted-fetch';
import { createPace } from '../../src/bot/reports/pace';

let server: Server;
let base: string;
let status = 200;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'retry-after': '7' }).end('{"ok":true}');
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

function stage() {
  const pace = createPace({ monotonic: () => 5_000 });
  const call = countedFetch(fetch, pace);
  const many = async (method: string, times: number): Promise<void> => {
    for (let at = 0; at < times; at += 1) await call(`${base}/api/${method}`, { method: 'POST' });
  };
  const wait = (kind: 'view' | 'post' | 'edit' | 'whisper', isUrgent = false): number =>
    pace.take({ kind, channel: '', isUrgent });
  return { many, wait };
}

describe('what people wait for', () => {
  it('is never put off, and what nobody waits for gives way to it', async () => {
    const { many, wait } = stage();
    expect(wait('view')).toBe(0);
    const before = asked.length;
    await many('views.open', 60);
    expect(asked.length - before).toBe(60);
    expect(wait('view')).toBeGreaterThan(20_000);
    expect(wait('view')).toBeLessThan(60_001);
    expect([wait('post'), wait('edit'), wait('whisper')]).toEqual([0, 0, 0]);
  });

  it.each([
    ['views.update', 'view'],
    ['views.push', 'view'],
    ['views.publish', 'view'],
    ['chat.postEphemeral', 'whisper'],
    ['chat.postMessage', 'post'],
    ['chat.update', 'edit'],
  ] as const)('counts %s', async (method, kind) => {
    const { many, wait } = stage();
    await many(method, 60);
    expect(wait(kind)).toBeGreaterThan(0);
  });

  it('does not count what others share no limit with', async () => {
    const { many, wait } = stage();
    await many('users.info', 60);
    expect([wait('view'), wait('post'), wait('edit'), wait('whisper')]).toEqual([0, 0, 0, 0]);
  });

  it('keeps the rest back for as long as Slack says', async () => {
    const { many, wait } = stage();
    status = 429;
    await many('views.publish', 1);
    status = 200;
    expect(wait('view', true)).toBe(7_000);
  });
});

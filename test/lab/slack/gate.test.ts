import { request } from 'node:http';
import { claimAddress } from '../../../lab/addresses';
import { startSlack } from '../../../lab/slack/server';
import type { SlackStandIn } from '../../../lab/slack/server';
import { slackOptions } from './bolt-app';

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

/** fetch would set Host and Origin itself, so requests are made by hand. */
async function send(
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: init.method ?? 'GET', headers: init.headers ?? {}, agent: false },
      (got) => {
        let body = '';
        got.on('data', (chunk: Buffer) => (body += chunk.toString()));
        got.on('end', () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body }));
      },
    );
    sent.on('upgrade', (got, socket) => {
      socket.destroy();
      resolve({ status: got.statusCode ?? 0, headers: got.headers, body: '' });
    });
    sent.on('error', reject);
    sent.end(init.body);
  });
}

describe('the gate', () => {
  let slack: SlackStandIn;
  let labToken: string;
  let release: () => Promise<void>;
  beforeAll(async () => {
    const claim = await claimAddress();
    release = () => claim.release();
    const options = slackOptions(claim.address, {
      extraRoutes: {
        'GET /_lab/kdc': ({ query }) => ({ ok: true, from: query.get('from'), cifs: 'refused' }),
        'POST /_lab/edit': ({ body }) => ({ ok: true, got: body }),
      },
    });
    ({ labToken } = options);
    slack = await startSlack(options);
  });
  afterAll(async () => {
    await slack.close();
    await release();
  });

  const command = JSON.stringify({ user: 'requester', channel: 'hyper-v', text: '/delegate x' });
  const json = { 'content-type': 'application/json' };
  const post = (headers: Record<string, string>, body = command): Promise<Answer> =>
    send(`${slack.url}/_lab/command`, { method: 'POST', headers, body });

  it('lets a control call with token, JSON and the right host pass', async () => {
    const own = await post({ ...json, 'x-lab-token': labToken });
    expect(own).toMatchObject({ status: 200, body: expect.stringContaining('dispatch_failed') as string });
    const sameOrigin = await post({ ...json, 'x-lab-token': labToken, origin: slack.url });
    expect(sameOrigin.status).toBe(200);
  });

  it.each([
    ['a rebound name as host', { host: 'evil.example' }, 403, 'foreign_host'],
    ['localhost as host', { host: 'localhost' }, 403, 'foreign_host'],
    ['a foreign origin', { origin: 'http://evil.example' }, 403, 'foreign_origin'],
    ['the origin of another port', { origin: 'http://127.0.0.1:1' }, 403, 'foreign_origin'],
    ['an opaque origin', { origin: 'null' }, 403, 'foreign_origin'],
    ['a fetch of a page elsewhere', { 'sec-fetch-site': 'cross-site' }, 403, 'foreign_origin'],
    ['a fetch of a page on another port', { 'sec-fetch-site': 'same-site' }, 403, 'foreign_origin'],
    ['a text body', { 'content-type': 'text/plain' }, 415, 'application_json_wanted'],
    ['a form body', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'application_json_wanted'],
    ['a wrong token', { 'x-lab-token': 'lab-wrong' }, 401, 'lab_token_wanted'],
    ['an empty token', { 'x-lab-token': '' }, 401, 'lab_token_wanted'],
  ])('turns a control call away for %s', async (_what, headers, status, error) => {
    const answer = await post({ ...json, 'x-lab-token': labToken, ...headers });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ ok: false, error });
    expect(slack.traffic.entries('slash_commands').filter((entry) => entry.result === 'sent')).toEqual([]);
  });

  it('wants the token of every control call and of the page', async () => {
    for (const path of [
      '/',
      '/page/page.js',
      '/_lab/messages',
      '/_lab/events',
      '/_lab/kdc',
      '/archives/C1/p1',
      '/x',
    ])
      expect(await send(slack.url + path, {})).toMatchObject({ status: 401 });
    expect(await post(json)).toMatchObject({ status: 401 });
    expect(await send(`${slack.url}/?token=wrong`, {})).toMatchObject({ status: 401 });
  });

  it('turns the wire away as well for a foreign host or origin', async () => {
    for (const path of ['/api/auth.test', '/hooks/x'])
      for (const headers of [{ host: 'evil.example' }, { origin: 'http://evil.example' }])
        expect(await send(slack.url + path, { method: 'POST', headers })).toMatchObject({ status: 403 });
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
    };
    const link = `${slack.url}/link/?ticket=${slack.connections.issueTicket()}`;
    for (const foreign of [{ origin: 'http://evil.example' }, { host: 'evil.example' }])
      expect(await send(link, { headers: { ...upgrade, ...foreign } })).toMatchObject({ status: 403 });
    expect(slack.connections.count()).toBe(0);
    expect(await send(link, { headers: upgrade })).toMatchObject({ status: 101 });
  });

  it('turns the opening link into a cookie that opens the page and its calls', async () => {
    const opened = await send(slack.pageUrl, {});
    expect(opened).toMatchObject({
      status: 200,
      body: expect.stringContaining('content="0;url=/"') as string,
    });
    const [cookie = ''] = opened.headers['set-cookie'] as string[];
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const headers = { cookie: `other=1; ${cookie.split(';')[0]}` };
    const page = await send(slack.url, { headers });
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(await post({ ...json, ...headers })).toMatchObject({ status: 200 });
    expect(await post({ ...json, cookie: 'lab_token=wrong' })).toMatchObject({ status: 401 });
  });

  it('guards the routes that the lab adds, and lets them answer', async () => {
    const headers = { 'x-lab-token': labToken };
    const kdc = await send(`${slack.url}/_lab/kdc?from=hyper-v01&to=hyper-v02`, { headers });
    expect(JSON.parse(kdc.body)).toEqual({ ok: true, from: 'hyper-v01', cifs: 'refused' });
    const edit = { method: 'POST', headers: { ...headers, ...json }, body: '{"a":1}' };
    expect(JSON.parse((await send(`${slack.url}/_lab/edit`, edit)).body)).toEqual({
      ok: true,
      got: { a: 1 },
    });
    const text = { ...edit, headers: { ...headers, 'content-type': 'text/plain' } };
    expect(await send(`${slack.url}/_lab/edit`, text)).toMatchObject({ status: 415 });
  });

  it('answers what is not there and what is no JSON', async () => {
    const headers = { ...json, 'x-lab-token': labToken };
    expect(await send(`${slack.url}/_lab/nothing`, { headers })).toMatchObject({ status: 404 });
    expect(await send(`${slack.url}/nothing`, { headers })).toMatchObject({ status: 404 });
    expect(await send(`${slack.url}/_lab/command`, { headers })).toMatchObject({ status: 404 });
    expect(await post(headers, '{')).toMatchObject({ status: 400 });
    expect(await post(headers, '{"user":1}')).toMatchObject({ status: 400 });
    expect(await post(headers, `"${'x'.repeat(1_000_001)}"`)).toMatchObject({ status: 400 });
  });
});

describe('starting', () => {
  it.each(['0.0.0.0', '10.0.0.1', '::1', 'localhost', '127.evil.example'])(
    'refuses the address %s',
    async (address) => {
      await expect(startSlack(slackOptions(address))).rejects.toThrow(/127\.x\.y\.z/);
    },
  );

  it('refuses in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(startSlack(slackOptions('127.0.0.2'))).rejects.toThrow(/production/);
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });

  it.each([
    ['http://10.0.0.1:3000/slack/events', {}],
    ['https://127.0.0.1/slack/events', {}],
    ['http://127.0.0.1:3000/', { commands: 'http://hooks.example/' }],
  ])('refuses to deliver to %s %o', async (url, urls) => {
    const delivery = { kind: 'http', url, urls } as const;
    await expect(startSlack(slackOptions('127.0.0.2', { delivery }))).rejects.toThrow(
      /sends to http:\/\/127/,
    );
  });

  it('refuses short and equal tokens', async () => {
    await expect(startSlack(slackOptions('127.0.0.2', { labToken: '' }))).rejects.toThrow(/tokens/);
    const options = slackOptions('127.0.0.2');
    await expect(startSlack({ ...options, appToken: options.botToken })).rejects.toThrow(/tokens/);
  });
});

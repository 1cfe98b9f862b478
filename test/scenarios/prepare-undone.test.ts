import { join } from 'node:path';
import { startPractice, type Practice } from '../../lab/practice';
import { labClient, type LabClient } from '../../lab/slack/client';
import type { Fields } from '../../lab/slack/fields';
import { waitFor } from '../../lab/wait-for';
import { scratchDirectory } from '../support/scratch';

let practice: Practice;
let client: LabClient;

beforeAll(async () => {
  const plain = { port: 0, decideSeconds: 3600, isSimulated: true, redisUrl: '', say: () => undefined };
  const directory = join(await scratchDirectory(), 'prepare');
  practice = await startPractice({ ...plain, directory, timeScale: 1, pace: 'off', powerShell: true });
  client = labClient({ url: practice.slack.url, labToken: practice.file.labToken });
});
afterAll(() => practice.stop());

async function settings(): Promise<unknown> {
  const { hosts } = await client.get('/_lab/fabric');
  // SAFETY: the route of the same program answers so.
  const all = hosts as readonly { name: string; migration: object }[];
  return all.slice(0, 2).map(({ migration }) => migration);
}

/** The channel's message about a request that has this button. */
function cardWith(label: string, action: string): Promise<Fields> {
  return waitFor(`a card of ${label} with ${action}`, async () => {
    const messages = await client.messages({ channel: 'hyper-v' });
    return messages.find((message) =>
      [label, `"${action}"`].every((text) => JSON.stringify(message).includes(text)),
    );
  });
}

async function press(label: string, action: string, user: string): Promise<string> {
  const card = await cardWith(label, action);
  const answer = await client.click({ user, channel: 'hyper-v', ts: String(card['ts']), action_id: action });
  return JSON.stringify(answer);
}

it('what a request has set of hosts is undone by its button, on real PowerShell, Redis and four processes', async () => {
  const before = await settings();
  const command = '/hv prepare hyper-v01,hyper-v02 --networks 10.0.1.0/24,10.0.5.0/24 --max 4';
  const asked = await client.command({ user: 'requester', channel: 'hyper-v', text: command });
  const [label = ''] = /R-\d+/.exec(JSON.stringify(asked.ack)) ?? [];
  await press(label, 'request.approve', 'approver');
  await cardWith(label, 'request.undo');
  const networks = [
    { subnet: '10.0.1.0/24', priority: 1 },
    { subnet: '10.0.5.0/24', priority: 2 },
  ];
  const set = { enabled: true, auth: 'kerberos', most: 4, networks };
  expect(await settings()).toMatchObject([set, set]);

  await press(label, 'request.undo', 'requester');
  const undo = `R-${Number(label.slice(2)) + 1}`;
  const card = JSON.stringify(await cardWith(undo, 'request.approve'));
  expect(card).toContain(`hyper-v01 and hyper-v02 will be set back to before ${label}`);
  expect(card).toContain('=  2 live migrations at a time   (was: 4 live migrations at a time)');
  await press(undo, 'request.approve', 'approver');
  await cardWith(undo, 'request.undo');
  expect(await settings()).toEqual(before);
}, 120_000);

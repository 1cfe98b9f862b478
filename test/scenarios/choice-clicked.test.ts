import { startPractice, type Practice } from '../../lab/practice';
import { labClient, type LabAnswer, type LabClient } from '../../lab/slack/client';
import { fieldsIn, type Fields } from '../../lab/slack/fields';
import { waitFor } from '../../lab/wait-for';
import { botPort } from '../support/bot-port';
import { testRedis } from '../support/redis';
import { scratchDirectory } from '../support/scratch';

const WITHIN_MS = 60_000;

let practice: Practice;
let client: LabClient;
beforeAll(async () => {
  practice = await startPractice({
    directory: await scratchDirectory(),
    port: 0,
    httpPort: botPort,
    decideSeconds: 600,
    isSimulated: true,
    timeScale: 60,
    pace: 'off',
    redisUrl: testRedis().url,
    say: () => undefined,
  });
  const { slackUrl: url, labToken } = practice.file;
  client = labClient({ url, labToken });
}, 120_000);
afterAll(() => practice.stop());

interface Machine {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly state: string;
  readonly iso: string | null;
}

async function machine(name: string): Promise<Machine> {
  // SAFETY: the route of the same program answers so.
  const { machines } = (await client.get('/_lab/fabric')) as unknown as { machines: readonly Machine[] };
  const found = machines.find((each) => each.name === name);
  if (!found) throw new Error(`the fabric has no machine ${name}`);
  return found;
}

async function ask(text: string): Promise<string> {
  const answer = await client.command({ user: 'requester', channel: 'hyper-v', text });
  const [label = ''] = /R-\d+/.exec(JSON.stringify([answer.ack, answer.ephemerals])) ?? [];
  return label;
}

/** The card of a request as soon as all of this stands on it. */
function cardOf(label: string, ...texts: readonly string[]): Promise<Fields> {
  return waitFor(
    `a card of ${label} with ${texts.join(', ')}`,
    async () => {
      const messages = await client.messages({ channel: 'hyper-v' });
      return messages.find(
        (message) =>
          String(message['text']).startsWith(`${label} `) &&
          texts.every((text) => JSON.stringify(message).includes(text)),
      );
    },
    WITHIN_MS,
  );
}

interface Click {
  readonly user: string;
  readonly action: string;
  readonly value?: string;
  /** A button that the card has not. */
  readonly stale?: boolean;
}

function press(card: Fields, { action, ...click }: Click): Promise<LabAnswer> {
  return client.click({ ...click, channel: 'hyper-v', ts: String(card['ts']), action_id: action });
}

const told = ({ ephemerals }: LabAnswer): string => ephemerals.map(({ text }) => String(text)).join('\n');

/** What a button of a card says about its request and plan. */
function valueOf(card: Fields, action: string): string {
  const elements = fieldsIn(card['blocks']).flatMap((block) => fieldsIn(block['elements']));
  return String(elements.find((each) => each['action_id'] === action)?.['value']);
}

it('a choice from the menu of a card, which comes by HTTP, makes a new plan on it', async () => {
  const label = await ask('/drain hyper-v02 --no-storage');
  const { id } = await machine('app-02');
  const eject = `/hv choose ${label} ${id} eject`;
  const first = await cardOf(label, 'request.approve', 'Plan 1 ·', eject);
  expect(JSON.stringify(first)).toContain('app-02: something in its drive. It need not stay');
  const answer = await press(first, { user: 'requester', action: 'command.choose-0', value: eject });
  expect(told(answer)).toContain(`${label} is planned anew with that.`);
  const second = await cardOf(label, 'request.approve', 'Plan 2 ·', 'its drive emptied first');
  expect(second['ts']).toBe(first['ts']);
  expect(JSON.stringify(second)).not.toContain('command.choose');
  await press(second, { user: 'requester', action: 'request.withdraw' });
  await cardOf(label, 'Withdrawn');
  expect(practice.slack.traffic.entries('apps.connections.open')).toEqual([]);
  expect(await machine('app-02')).toMatchObject({ host: 'hyper-v02', iso: 'D:\\ISO\\setup.iso' });
}, 120_000);

it('a card with nothing to approve takes no forged approval, and its machine moves after a choice and an approval', async () => {
  const before = await ask('/hv migrate web-03 -> hyper-v01');
  await press(await cardOf(before, 'request.approve'), { user: 'approver', action: 'request.approve' });
  await cardOf(before, 'Done');
  const label = await ask('/drain hyper-v02 --no-storage');
  const eject = `/hv choose ${label} ${(await machine('app-02')).id} eject`;
  const empty = await cardOf(label, 'Waiting for a choice', eject);
  expect(JSON.stringify(empty)).not.toContain('request.approve');
  const value = valueOf(empty, 'request.withdraw');
  const forged = await press(empty, { user: 'approver', action: 'request.approve', value, stale: true });
  expect(told(forged)).toContain('There is nothing to approve yet: choose what is done to app-02.');
  await press(empty, { user: 'requester', action: 'command.choose-0', value: eject });
  const whole = await cardOf(label, 'request.approve', 'Plan 2 ·', 'its drive emptied first');
  expect(await machine('app-02')).toMatchObject({ host: 'hyper-v02', iso: 'D:\\ISO\\setup.iso' });
  await press(whole, { user: 'approver', action: 'request.approve' });
  await cardOf(label, 'not empty');
  const moved = await machine('app-02');
  expect(moved).toMatchObject({ state: 'running', iso: null });
  expect(moved.host).not.toBe('hyper-v02');
}, 180_000);

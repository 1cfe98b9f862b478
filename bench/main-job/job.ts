import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Practice } from '../../lab/practice';
import { labClient, type LabClient } from '../../lab/slack/client';
import type { Message } from '../../lab/slack/message';
import { waitFor } from '../../lab/wait-for';
import { ledgerKeys } from '../../src/jobs/ledger/keys';

/** Who may be delegated to whom: short names. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** A request that waits for its approval, with nothing left to do about it for anybody else. */
export interface Waiting {
  readonly pair: Pair;
  readonly request: string;
  readonly card: Message;
}

/** A job that was carried out. */
export interface Done extends Waiting {
  /** From the click until the report stood in the thread. */
  readonly ms: number;
  /** When it stood there, in milliseconds since 1970. */
  readonly endedAt: number;
  readonly report: Message;
}

/** The prefix that `lab/configuration.ts` gives a practice instance. */
export const PREFIX = '{handover}';

const CHANNEL = 'hyper-v';
const LOOK_EVERY_MS = 1;
const WITHIN_MS = 30_000;

/** Asks for the pair and waits until everybody has nothing to do but to wait for the approver. */
export async function askFor(practice: Practice, redis: Redis, pair: Pair): Promise<Waiting> {
  const client = clientOf(practice);
  const text = `/delegate ${pair.from} -> ${pair.to} cifs,migration`;
  const asked = await client.command({ user: 'requester', channel: CHANNEL, text });
  if (!asked.ok) throw new Error(`${text} was not acknowledged: ${String(asked.error)}`);
  const card = await waitFor(`a card for ${text}`, () => Promise.resolve(openCard(practice)));
  await quiet(redis);
  return { pair, request: keyedRequest(card).request, card };
}

/** The approver's click by the control API, timed until the report stands in the thread. */
export async function approve(practice: Practice, redis: Redis, waiting: Waiting): Promise<Done> {
  const { card } = waiting;
  const order = { user: 'approver', channel: CHANNEL, ts: card.ts, action_id: 'request.approve' };
  const startedAt = performance.now();
  const clicked = clientOf(practice).click(order);
  const report = await reportOf(practice, card);
  const ms = performance.now() - startedAt;
  const endedAt = Date.now();
  const { ok, error } = await clicked;
  if (!ok) throw new Error(`the click was not acknowledged: ${String(error)}`);
  if (!report.text.includes('done and proved')) throw new Error(`the job ended otherwise: ${report.text}`);
  await quiet(redis);
  return { ...waiting, ms, endedAt, report };
}

/** Takes the values of the pair away again as another administrator, so that the next job is a real change. */
export async function undo({ directory }: Practice, { from, to }: Pair): Promise<void> {
  const values = (await directory.readDelegations()).get(from) ?? [];
  await directory.editDelegation(from, { delete: values.filter((value) => hostOf(value) === to) });
}

function hostOf(spn: string): string {
  return spn.toLowerCase().split('/')[1]?.split('.')[0] ?? '';
}

/** What people do on the page of this instance. */
export function clientOf(practice: Practice): LabClient {
  return labClient({ url: practice.slack.url, labToken: practice.file.labToken });
}

/** The stand-in is in this process, so looking costs next to nothing and a millisecond is exact enough. */
async function reportOf(practice: Practice, card: Message): Promise<Message> {
  const deadline = performance.now() + WITHIN_MS;
  for (;;) {
    const found = practice.slack.messages
      .replies(card)
      .find((reply) => keyedRequest(reply).key === 'outcome');
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`no report within ${WITHIN_MS} ms`);
    await pause(LOOK_EVERY_MS);
  }
}

function openCard(practice: Practice): Message | undefined {
  const channel = practice.file.channels[CHANNEL] ?? '';
  const cards = practice.slack.messages.topLevel(channel);
  return cards.find((message) => JSON.stringify(message.blocks ?? []).includes('"request.approve"'));
}

/** What the bot writes in a message's metadata: see `src/bot/reports/conversation.ts`. */
function keyedRequest(message: Message): { request: string; key: string } {
  const payload = message.metadata?.['event_payload'] as { request?: string; key?: string } | undefined;
  return { request: payload?.request ?? '', key: payload?.key ?? '' };
}

/** Everything is reported and no job runs or is queued, at two looks in a row. */
async function quiet(redis: Redis): Promise<void> {
  let before = false;
  await waitFor('a quiet instance', async () => {
    const isQuiet = await isAtRest(redis);
    const isAgain = isQuiet && before;
    before = isQuiet;
    return isAgain ? true : undefined;
  });
}

/** Whether, at this look, everything is reported and no job runs or is queued. */
export async function isAtRest(redis: Redis): Promise<boolean> {
  const lists = ['conduct', 'directory', 'reports'].flatMap((role) =>
    ['wait', 'active'].map((state) => `${PREFIX}:${role}:${state}`),
  );
  const counts = await Promise.all([
    redis.zcard(ledgerKeys(PREFIX).unreported),
    ...lists.map((list) => redis.llen(list)),
  ]);
  return counts.every((count) => count === 0);
}

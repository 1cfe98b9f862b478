import { randomBytes } from 'node:crypto';
import { claimAddress } from '../../../lab/addresses';
import { labClient, type LabAnswer, type LabClient } from '../../../lab/slack/client';
import type { Fields } from '../../../lab/slack/fields';
import { startSlack, type SlackStandIn } from '../../../lab/slack/server';
import { app, defaultChannels, defaultUsers, type LabChannel } from '../../../lab/slack/workspace';
import { waitFor } from '../../../lab/wait-for';
import { createBot, type Bot, type BotParts } from '../../../src/bot/app';
import type { ReceptionWay } from '../../../src/bot/reception';
import type { HyperVSettings } from '../../../src/core/hyperv/hyperv-settings';
import type { Clock, Ledger } from '../../../src/core/ports';
import type { HookTarget } from '../../../src/bot/webhook/call';
import type { Policy, Reminders } from '../../../src/core/settings';
import { createRequestClient } from '../../../src/jobs/client';
import { openMemoryLedger } from '../../../src/jobs/ledger/memory-ledger';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { openMemoryQueue, type MemoryQueue } from '../../../src/jobs/queue/memory-queue';
import { policy as usualPolicy, testKeys, times } from '../../support/request-record';
import { botPort } from '../../support/bot-port';
import type { RequestRecord } from '../../../src/core/request/record';

const usualReminders: Reminders = { firstSeconds: 900, escalateSeconds: 3600, reviewSeconds: 86_400 };

/** What a test may choose. */
interface PracticeOptions {
  readonly policy?: Policy;
  /** Hosts that the bot knows of; absent: none. */
  readonly hyperv?: HyperVSettings;
  readonly channels?: LabChannel[];
  readonly team?: string;
  readonly reminders?: Reminders;
  /** Whether the bot keeps to Slack's limits; absent: it does not, as the stand-in. */
  readonly pace?: 'slack' | 'off';
  /** How Slack reaches the bot; absent: Socket Mode. */
  readonly over?: 'socket' | 'http';
  /** Absent: the machine's. */
  readonly clock?: Clock;
  readonly webhook?: HookTarget;
  /** Puts something around the ledger that the bot gets. */
  readonly around?: (ledger: Ledger) => Ledger;
}

/** A real bot on a stand-in for Slack, over Socket Mode or HTTP, with ledger and queue in memory. Nobody works unless the test does. */
export interface Practice {
  readonly lab: LabClient;
  readonly slack: SlackStandIn;
  readonly ledger: Ledger;
  readonly queue: MemoryQueue;
  readonly parts: BotParts;
  readonly logged: object[];
  readonly bot: Bot;
  /** Delivers now what the request's thread lacks, as conduct would ask. */
  report(id: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the stand-in and prepares the bot; `start` false leaves the bot to the test. */
export async function startPractice(
  options: PracticeOptions = {},
  { start = true }: { start?: boolean } = {},
): Promise<Practice> {
  const claim = await claimAddress();
  const secret = (prefix: string): string => `${prefix}-${randomBytes(12).toString('hex')}`;
  const [labToken, botToken, appToken] = [secret('lab'), secret('xoxb'), secret('xapp')];
  const signingSecret = secret('sig');
  const listen = { address: claim.address, port: botPort };
  const url = `http://${listen.address}:${listen.port}/slack/events`;
  const slack = await startSlack({
    address: claim.address,
    labToken,
    botToken,
    appToken,
    signingSecret,
    ...(options.over === 'http' && { delivery: { kind: 'http', url } }),
    ...(options.channels && { channels: options.channels }),
  });
  const receive: ReceptionWay =
    options.over === 'http' ? { kind: 'http', signingSecret, listen } : { kind: 'socket', appToken };
  const parts = botParts(options, { apiUrl: slack.apiUrl, botToken, receive });
  const bot = createBot(parts);
  if (start) {
    await bot.start();
    await slack.whenReachable();
  }
  let jobs = 0;
  return {
    lab: labClient({ url: slack.url, labToken }),
    slack,
    ...parts,
    parts,
    bot,
    async report(id) {
      await parts.queue.put('reports', { id: `test-${(jobs += 1)}`, request: id });
      await parts.queue.settle();
    },
    async stop() {
      if (start) await bot.stop();
      await parts.queue.close();
      await slack.close();
      await claim.release();
    },
  };
}

/** The parts of one more bot on the same Slack; it shares nothing else. */
function botParts(
  options: PracticeOptions,
  slack: Pick<BotParts, 'botToken' | 'receive'> & { apiUrl: string },
): BotParts & { ledger: Ledger; queue: MemoryQueue; logged: object[] } {
  const { policy = usualPolicy, team = app.teamId, around } = options;
  const { reminders = usualReminders, pace = 'off' } = options;
  const { clock = systemClock } = options;
  const memory = openMemoryLedger(clock);
  const ledger = around ? around(memory) : memory;
  const queue = openMemoryQueue(clock);
  const logged: object[] = [];
  const log = (level: string) => (fields: object, text: string) =>
    void logged.push({ level, text, ...fields });
  const settings = {
    policy,
    slack: {
      team,
      enterprise: null,
      apiUrl: slack.apiUrl,
      channels: { approvals: 'C0APPROVALS', notices: 'C0NOTICES' },
      pace,
    },
    reminders,
  };
  const { signer } = testKeys();
  return {
    ledger,
    queue,
    clock,
    logged,
    random: systemRandom,
    mode: 'lab',
    settings,
    botToken: slack.botToken,
    receive: slack.receive,
    ...(options.webhook && { webhook: options.webhook }),
    client: createRequestClient({
      ledger,
      queue,
      clock,
      signer,
      random: systemRandom,
      settings: { policy, times, ...(options.hyperv && { hyperv: options.hyperv }) },
    }),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
  };
}

/** The usual channels, some of them with other marks. */
export function channelsWith(changes: Record<string, Partial<LabChannel>>): LabChannel[] {
  return defaultChannels(defaultUsers()).map((channel) => ({ ...channel, ...changes[channel.name] }));
}

/** The record that a command led to. */
export async function asked({ ledger }: Practice, answer: LabAnswer): Promise<RequestRecord> {
  const label = /R-\d+/.exec(textOf(answer.ack))?.[0] ?? '';
  const record = await ledger.findByLabel(label);
  if (!record) throw new Error(`No request came of it: ${JSON.stringify(answer)}`);
  return record;
}

/** The messages of a channel, oldest first; of a thread when `thread` is given. */
export function messagesIn({ lab }: Practice, channel: string, thread?: string): Promise<Fields[]> {
  return lab.messages({ channel, ...(thread !== undefined && { thread_ts: thread }) });
}

/** Waits for the person's next private message in #hyper-v that is not in `seen`, and gives its text. */
export function toldTo(
  { slack }: Practice,
  user: string,
  { seen = 0, channel = 'C0HYPERV' }: { seen?: number; channel?: string } = {},
): Promise<string> {
  return waitFor(`a private message to ${user}`, () =>
    Promise.resolve(slack.messages.ephemerals(user, channel)[seen]?.text),
  );
}

/** The text of an ack or a message. */
export function textOf(fields: Fields | null | undefined): string {
  const text = fields?.['text'];
  return typeof text === 'string' ? text : '';
}

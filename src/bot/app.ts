import { App } from '@slack/bolt';
import { lockSlackAddress, type Mode } from '../core/mode-lock';
import type { Clock, Conversation, Ledger, Queue, Random } from '../core/ports';
import type { Settings } from '../core/settings';
import type { RequestClient } from '../jobs/client';
import type { Message } from './cards/message';
import { connect, type Connection } from './connection';
import { listen } from './listen';
import { boltLogger, describeError, type BotLog } from './log';
import { slackConversation } from './reports/conversation';
import { noticeFreezesUntil } from './reports/freeze-notice';
import { anchorUntil, type AnchorParts } from './reports/anchors';
import { createPace, UNPACED, type Pace } from './reports/pace';
import { serveReports, type Reports, type ReportsParts } from './reports/serve';
import { hookCall, type HookTarget } from './webhook/call';
import { openReception, type ReceptionWay } from './reception';
import { slackClients } from './slack-clients';

/** What the bot is made of. */
export interface BotParts {
  readonly settings: {
    readonly slack: Pick<Settings['slack'], 'team' | 'enterprise' | 'apiUrl' | 'channels' | 'pace'>;
    readonly policy: Settings['policy'];
    readonly reminders: Settings['reminders'];
    readonly machines?: Settings['machines'];
  };
  readonly mode: Mode;
  readonly client: RequestClient;
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly random: Random;
  readonly botToken: string;
  readonly receive: ReceptionWay;
  readonly log: BotLog;
  /** Absent: there is none. */
  readonly webhook?: HookTarget;
  /** Absent: no seal is posted. */
  readonly seals?: Pick<AnchorParts, 'anchorHours' | 'trouble'>;
}

/** A bot that can be started once. */
export interface Bot {
  /** Resolves when Slack can reach the bot; throws when the token is of another team, the mode forbids the socket, or the port is taken. */
  start(): Promise<void>;
  /** Waits for what is being delivered. */
  stop(): Promise<void>;
}

/** Makes the bot, on Socket Mode or HTTP. Throws ModeLockError when the settings name an address that the mode forbids. */
export function createBot(parts: BotParts): Bot {
  const { settings, mode, log, clock, random, ledger, client, botToken, receive } = parts;
  const { slack } = settings;
  lockSlackAddress(mode, slack.apiUrl);
  const refusal = new AbortController();
  const onRefused = (error: unknown): void => {
    log.error(describeError(error), 'the mode refused an address');
    refusal.abort(error);
  };
  const pace = slack.pace === 'off' ? UNPACED : createPace(clock);
  const clients = slackClients({ mode, apiUrl: slack.apiUrl, botToken, log, onRefused, pace });
  const { connecting } = clients;
  const reception = openReception(receive, { mode, clock, logger: boltLogger(log), connecting });
  let connection: Connection | undefined;
  let reports: Reports | undefined;
  const end = new AbortController();
  let beside: readonly Promise<void>[] = [];
  const own = () => ({ user: connection?.own.user ?? '', bot: connection?.own.bot ?? '' });
  const app = new App({
    receiver: reception.receiver,
    clientOptions: clients.options,
    logger: boltLogger(log),
    convoStore: false,
    authorize: () => Promise.resolve({ botToken, botId: own().bot, botUserId: own().user }),
  });
  const { home } = listen(app, {
    settings,
    client,
    ledger,
    clock,
    random,
    log,
    pace,
    web: clients.prompt,
    unhurried: clients.posting,
    bring: async (id) => reports?.bring(id),
    poke: (id) => reports?.poke(id),
  });
  app.error((error) => {
    log.error(describeError(error), 'an interaction failed');
    return Promise.resolve();
  });
  return {
    async start() {
      connection = await unlessAborted(refusal.signal, connect(clients, slack));
      const conversation = slackConversation(clients.posting, own, { send: clients.send, clock });
      const telling = reporting(parts, { conversation, pace });
      reports = await serveReports(telling);
      beside = [home.follow(end.signal), ...noticesUntil(end.signal, parts, telling)];
      await unlessAborted(refusal.signal, reception.start(app));
      log.info({ mode, team: slack.team, receive: receive.kind }, 'bot connected');
    },
    async stop() {
      end.abort();
      await reception.stop();
      await reports?.stop();
      await Promise.all(beside);
    },
  };
}

/** What is told in the channel of notices and is about no request. */
function noticesUntil(
  signal: AbortSignal,
  { seals, random, log }: BotParts,
  telling: ReportsParts,
): readonly Promise<void>[] {
  const posting = { ...telling, holder: random.hex(4) };
  return [
    noticeFreezesUntil(signal, posting, log),
    ...(seals ? [anchorUntil(signal, { ...posting, ...seals }, log)] : []),
  ];
}

/** What the reports are served with. */
function reporting(
  { client, ledger, queue, clock, random, log, settings, mode, webhook }: BotParts,
  { conversation, pace }: { conversation: Conversation<Message>; pace: Pace },
): ReportsParts {
  const { policy, reminders, machines = [], slack } = settings;
  const { approvals, notices = approvals } = slack.channels;
  const telling = {
    conversation,
    pace,
    policy,
    reminders,
    machines,
    oncall: [policy.oncall ?? []].flat(),
    channels: { approvals, notices },
  };
  const hook = webhook && { hookCall: hookCall(webhook, { mode, clock }) };
  const following = {
    waive: (id: string): Promise<void> => client.waive(id),
    keepHosts: (id: string): Promise<void> => client.keepHosts(id),
  };
  return { ledger, queue, clock, random, log, ...following, ...telling, ...hook };
}

/** The work's result, or the signal's reason as soon as it aborts: Slack's libraries would try a refused address forever. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const fail = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('refused'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
  return Promise.race([work, aborted]);
}

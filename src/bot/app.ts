import { App, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { lockSlackAddress, type Mode } from '../core/mode-lock';
import type { Clock, Ledger, Queue, Random } from '../core/ports';
import type { Settings } from '../core/settings';
import type { RequestClient } from '../jobs/client';
import { registerDecisions } from './actions/decisions';
import { createPlacement } from './commands/placement';
import { registerCommands } from './commands/register';
import { lockedFetch } from './locked-fetch';
import { personOf } from './person';
import { failureText } from './refusal';
import { deliver } from './reports/deliver';
import { serveReports } from './reports/serve';
import { slackConversation } from './slack-web';

/** What the bot is made of. */
export interface BotParts {
  readonly settings: Settings;
  readonly mode: Mode;
  readonly client: RequestClient;
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly random: Random;
  readonly botToken: string;
  readonly appToken: string;
  readonly log: Logger;
}

/** A bot that can be started once. */
export interface Bot {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Few and quick repeats of a call to Slack, for opening the socket, forms and private answers. */
const RETRIES = { retries: 2, factor: 2, minTimeout: 200, maxTimeout: 1_000 };

/** Makes the bot on Socket Mode. Throws ModeLockError when the settings name an address that the mode forbids. */
export function createBot(parts: BotParts): Bot {
  const { settings, mode, log, clock, random, ledger, queue } = parts;
  lockSlackAddress(mode, settings.slack.apiUrl);
  const app = new App({
    token: parts.botToken,
    appToken: parts.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: {
      slackApiUrl: settings.slack.apiUrl,
      retryConfig: RETRIES,
      timeout: 5_000,
      fetch: lockedFetch(mode),
    },
  });
  const failure = (error: unknown): string => failureText(error, { random, log });
  // A post whose answer was lost is looked for before it is repeated, so nothing may repeat it blindly; and a call must end well within a
  // delivery's lease.
  const once = new WebClient(parts.botToken, {
    slackApiUrl: settings.slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5_000,
    logLevel: LogLevel.ERROR,
    fetch: lockedFetch(mode),
  });
  const delivery = { ledger, conversation: slackConversation(once), random };
  const placement = createPlacement(app.client, { approvals: settings.slack.channels.approvals, clock });
  registerCommands(app, {
    client: parts.client,
    placement,
    clock,
    failure,
    person: (acted) => personOf(acted, settings.slack),
  });
  registerDecisions(app, {
    client: parts.client,
    failure,
    deliver: (id) => deliver(delivery, id),
    person: ({ user, team, enterprise }) =>
      personOf({ enterprise: enterprise?.id, team: user.team_id ?? team?.id, user: user.id }, settings.slack),
  });
  app.error(async (error) => {
    log.error({ err: error }, 'an interaction failed');
    return Promise.resolve();
  });
  let reports: { stop(): Promise<void> } | undefined;
  return {
    async start() {
      reports = await serveReports({ ...delivery, queue, clock, log });
      await app.start();
      log.info({ mode }, 'bot connected');
    },
    async stop() {
      await app.stop();
      await reports?.stop();
    },
  };
}

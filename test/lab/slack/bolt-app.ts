import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger, Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { claimAddress } from '../../../lab/addresses';
import { labClient } from '../../../lab/slack/client';
import type { LabClient } from '../../../lab/slack/client';
import type { SlackOptions } from '../../../lab/slack/options';
import { installedScopes } from '../../../lab/slack/scopes';
import { startSlack } from '../../../lab/slack/server';
import { botPort } from '../../support/bot-port';
import type { SlackStandIn } from '../../../lab/slack/server';

/** The two ways in which Slack reaches an app; what holds for both is tested over both. */
export const deliveries = ['socket', 'http'] as const;
export type Over = (typeof deliveries)[number];

/** What an app needs that uses all that the stand-in answers. */
export const everyScope: readonly string[] = [
  ...installedScopes,
  'channels:join',
  'files:write',
  'im:history',
  'im:read',
  'im:write',
  'mpim:read',
  'usergroups:read',
  'users:read.email',
];

/** A stand-in with a real Bolt app on it. */
export interface Practice {
  slack: SlackStandIn;
  app: App;
  lab: LabClient;
  options: SlackOptions;
  /** Another app instance on Socket Mode with the same tokens, connected when it resolves. */
  startSecond(prepare: (app: App) => void): Promise<App>;
  stop(): Promise<void>;
}

/** Random tokens; times as at Slack unless given. */
export function slackOptions(address: string, more: Partial<SlackOptions> = {}): SlackOptions {
  return {
    address,
    labToken: secret('lab'),
    botToken: secret('xoxb'),
    appToken: secret('xapp'),
    signingSecret: secret('sig'),
    ...more,
  };
}

/** Starts both; `prepare` registers the app's listeners. Resolves when Slack can reach the app. */
export async function startPractice(
  prepare: (app: App) => void,
  { over = 'socket', ...more }: Partial<SlackOptions> & { over?: Over } = {},
): Promise<Practice> {
  const claim = await claimAddress();
  const port = botPort;
  const url = `http://${claim.address}:${port}/slack/events`;
  const options = slackOptions(claim.address, {
    ...(over === 'http' && { delivery: { kind: 'http', url } }),
    ...more,
  });
  const slack = await startSlack(options);
  const receiver = over === 'http' ? httpReceiver(options) : socketReceiver(slack, options);
  const app = buildApp(slack, options, receiver);
  const apps = [app];
  prepare(app);
  await app.start({ host: claim.address, port });
  await slack.whenReachable();
  return {
    slack,
    app,
    options,
    lab: labClient({ url: slack.url, labToken: options.labToken }),
    startSecond: async (prepareSecond) => {
      const second = buildApp(slack, options, socketReceiver(slack, options));
      apps.push(second);
      prepareSecond(second);
      const wanted = slack.connections.count() + 1;
      await second.start();
      await slack.connections.whenConnected(wanted);
      return second;
    },
    stop: async () => {
      for (const one of apps) await one.stop();
      // An app that was reconnecting when it was stopped may come back once more; closing the stand-in ends that too.
      await until(() => slack.connections.count() === 0).catch(() => undefined);
      await slack.close();
      await claim.release();
    },
  };
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

function clientOptionsFor(slack: SlackStandIn): WebClientOptions {
  return { slackApiUrl: slack.apiUrl, retryConfig: { retries: 3, minTimeout: 20, maxTimeout: 50 } };
}

/** It comes back 1.5 s after a disconnect instead of 5 s; less would take a busy machine for a dead server. */
function socketReceiver(slack: SlackStandIn, { appToken }: SlackOptions): Receiver {
  const installerOptions = { clientOptions: clientOptionsFor(slack) };
  return new SocketModeReceiver({ appToken, clientPingTimeout: 1_500, logger: silent, installerOptions });
}

/** What no listener acknowledges it answers with 404 after two seconds instead of three, when nobody waits any more. */
function httpReceiver({ signingSecret }: SlackOptions): Receiver {
  return new HTTPReceiver({ signingSecret, unhandledRequestTimeoutMillis: 2_000, logger: silent });
}

/** A Bolt app for this stand-in, not started. */
function buildApp(slack: SlackStandIn, { botToken }: SlackOptions, receiver: Receiver): App {
  const clientOptions = clientOptionsFor(slack);
  const app = new App({ token: botToken, receiver, logger: silent, clientOptions });
  // A listener's failure is the test's business, told by what the stand-in saw.
  app.error(async () => undefined);
  return app;
}

/** Resolves once the condition holds; looks every 10 ms and gives up after 8 s. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 8_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`This did not come true in 8 s: ${condition.toString()}`);
    await sleep(10);
  }
}

function secret(prefix: string): string {
  return `${prefix}-${randomBytes(12).toString('hex')}`;
}

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@slack/bolt';
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { claimAddress } from '../../../lab/addresses';
import { labClient } from '../../../lab/slack/client';
import type { LabClient } from '../../../lab/slack/client';
import type { SlackOptions } from '../../../lab/slack/options';
import { startSlack } from '../../../lab/slack/server';
import type { SlackStandIn } from '../../../lab/slack/server';

/** A stand-in with a real Bolt app on it over Socket Mode. */
export interface Practice {
  slack: SlackStandIn;
  app: App;
  lab: LabClient;
  options: SlackOptions;
  /** Another app instance with the same tokens, connected when it resolves. */
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

/** Starts both; `prepare` registers the app's listeners. Resolves when the app is connected. */
export async function startPractice(
  prepare: (app: App) => void,
  more: Partial<SlackOptions> = {},
): Promise<Practice> {
  const claim = await claimAddress();
  const options = slackOptions(claim.address, more);
  const slack = await startSlack(options);
  const apps = [buildApp(slack, options)];
  const [app] = apps as [App];
  prepare(app);
  await app.start();
  await slack.connections.whenConnected();
  return {
    slack,
    app,
    options,
    lab: labClient({ url: slack.url, labToken: options.labToken }),
    startSecond: async (prepareSecond) => {
      const second = buildApp(slack, options);
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

/** A Bolt app for this stand-in, not started. It comes back 0.3 s after a disconnect instead of 5 s. */
function buildApp(slack: SlackStandIn, options: SlackOptions): App {
  const clientOptions = {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 3, minTimeout: 20, maxTimeout: 50 },
  };
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    clientPingTimeout: 300,
    logger: silent,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: options.botToken, receiver, logger: silent, clientOptions });
  // A listener's failure is the test's business, told by what the stand-in saw.
  app.error(async () => undefined);
  return app;
}

/** Resolves once the condition holds; looks every 10 ms and gives up after 4 s. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 4_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`This did not come true in 4 s: ${condition.toString()}`);
    await sleep(10);
  }
}

function secret(prefix: string): string {
  return `${prefix}-${randomBytes(12).toString('hex')}`;
}

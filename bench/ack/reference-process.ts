import { randomBytes } from 'node:crypto';
import { App } from '@slack/bolt';
import { Redis } from 'ioredis';
import { boltLogger } from '../../src/bot/log';
import { openReception } from '../../src/bot/reception';
import { slackClients } from '../../src/bot/slack-clients';
import { openLog } from '../../src/cli/log';
import { RECORD_INTAKE } from '../../src/jobs/ledger/scripts';
import { systemClock as clock } from '../../src/jobs/ports/system-clock';
import { serveParent } from '../child';
import { recordRaw, type IntakeTexts } from './intake';

/** What the reference is opened with. */
export interface ReferenceStart {
  readonly redisUrl: string;
  readonly slack: { readonly apiUrl: string; readonly botToken: string; readonly appToken: string };
  readonly texts: IntakeTexts;
}

/** A Bolt app as the bot's own (`src/bot/app.ts`), with the same clients and receiver, and a handler that runs one script and acknowledges. */
serveParent({
  async open(input) {
    // SAFETY: `bench.ts` of the same program asks in this shape.
    const { redisUrl, slack, texts } = input as ReferenceStart;
    const redis = new Redis(redisUrl);
    await redis.script('LOAD', RECORD_INTAKE.text);
    const log = openLog();
    const logger = boltLogger(log);
    const { botToken, appToken, apiUrl } = slack;
    const clients = slackClients({ mode: 'lab', apiUrl, botToken, log, onRefused: () => undefined });
    const way = { kind: 'socket', appToken } as const;
    const reception = openReception(way, { mode: 'lab', clock, logger, connecting: clients.connecting });
    const app = new App({
      receiver: reception.receiver,
      clientOptions: clients.options,
      logger,
      convoStore: false,
      authorize: () => Promise.resolve({ botToken, botId: 'B0HANDOVER', botUserId: 'U0HANDOVER' }),
    });
    app.command(/.*/, async ({ ack, command }) => {
      await recordRaw(redis, texts, { id: randomBytes(16).toString('hex'), trigger: command.trigger_id });
      await ack({
        response_type: 'ephemeral',
        text: 'R-1001 received: the directory is being read. Nothing is changed before somebody approves.',
      });
    });
    await reception.start(app);
  },
});

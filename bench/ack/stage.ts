import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { claimAddress } from '../../lab/addresses';
import { writeConfiguration } from '../../lab/configuration';
import {
  baseDn,
  containers,
  controllerName,
  serviceAccount,
  tlsName,
  userDn,
} from '../../lab/directory/names';
import { startProgram } from '../../lab/programs';
import { startRedis } from '../../lab/redis';
import { startSlack, type SlackStandIn } from '../../lab/slack/server';
import { app } from '../../lab/slack/workspace';
import { startChild, type Child } from '../child';
import { intakeTexts } from './intake';
import type { ReferenceStart } from './reference-process';
import type { Undoing } from '../undoing';

/** The stand-in that an app is connected to. */
export interface AppOnSlack {
  readonly standIn: SlackStandIn;
  readonly labToken: string;
}

/** The real bot and the reference, each on a stand-in of its own, and the Redis that both record in. */
export interface Stage {
  readonly redis: Redis;
  readonly bot: AppOnSlack;
  readonly reference: AppOnSlack;
  readonly crowd: Child;
}

export const PREFIX = '{handover}';

interface Slack extends AppOnSlack {
  readonly botToken: string;
  readonly appToken: string;
}

/**
 * Starts everything on one claimed loopback address. No worker runs, so that the processors are the bot's. `undoing` gets what ends it.
 */
export async function openStage(
  undoing: Undoing,
  ask: (crowd: Child, app: AppOnSlack) => Promise<unknown>,
): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'handover-bench-'));
  undoing.push(() => rm(directory, { recursive: true, force: true }));
  const claim = await claimAddress();
  undoing.push(() => claim.release());
  const { address } = claim;
  const server = await startRedis({ address, directory: join(directory, 'redis') });
  undoing.push(() => server.stop());
  const redis = new Redis(server.url);
  undoing.push(() => redis.quit());
  const crowd = await startChild('ack/crowd-process');
  undoing.push(() => crowd.stop());

  const bot = await openSlack(address, undoing);
  await startBot({ directory, address, redisUrl: server.url, slack: bot, undoing });
  // One command, so that there is an intake whose size the reference can take.
  await ask(crowd, bot);
  const reference = await openSlack(address, undoing);
  await startReference(reference, undoing, { redisUrl: server.url, texts: await intakeTexts(redis, PREFIX) });
  return { redis, bot, reference, crowd };
}

async function openSlack(address: string, undoing: Undoing): Promise<Slack> {
  const secret = (prefix: string): string => `${prefix}${randomBytes(24).toString('hex')}`;
  const tokens = { botToken: secret('xoxb-'), appToken: secret('xapp-'), labToken: secret('') };
  const standIn = await startSlack({ address, ...tokens, signingSecret: secret('') });
  undoing.push(() => standIn.close());
  return { ...tokens, standIn };
}

async function startReference(
  { standIn, botToken, appToken }: Slack,
  undoing: Undoing,
  more: Omit<ReferenceStart, 'slack'>,
): Promise<void> {
  const child = await startChild('ack/reference-process');
  undoing.push(() => child.stop());
  const slack = { apiUrl: standIn.apiUrl, botToken, appToken };
  await child.ask('open', { ...more, slack } satisfies ReferenceStart);
  await standIn.whenReachable();
}

async function startBot(place: {
  directory: string;
  address: string;
  redisUrl: string;
  slack: Slack;
  undoing: Undoing;
}): Promise<void> {
  const { directory, address, redisUrl, slack, undoing } = place;
  const { botToken, appToken, standIn } = slack;
  // The bot reads these settings and never uses them: it holds no directory secret and opens no directory.
  const nowhere = { name: controllerName, url: `ldaps://${address}:636`, tlsName };
  const domainFile = join(directory, 'domain.json');
  await writeFile(domainFile, '{}');
  const config = await writeConfiguration({
    directory: join(directory, 'handover'),
    domain: {
      directories: [nowhere],
      caFile: domainFile,
      baseDn,
      searchBases: [containers.hyperV],
      fileServerBases: [],
      service: { dn: userDn(serviceAccount), password: randomBytes(24).toString('hex') },
    },
    redisUrl,
    prefix: PREFIX,
    slack: {
      apiUrl: standIn.apiUrl,
      botToken,
      appToken,
      team: app.teamId,
      approvals: 'C0APPROVALS',
      pace: 'off',
    },
    approvers: ['U0APPROVER'],
  });
  const bot = await startProgram('bot', { config, domainFile, directory });
  undoing.push(() => bot.stop());
  await standIn.whenReachable();
}

import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimAddress } from './addresses';
import { commandHints } from './command-hints';
import { writeConfiguration } from './configuration';
import type { PracticeDirectory } from './directory/practice-directory';
import {
  startSambaDirectory,
  startSimulatedDirectory,
  type RunningDirectory,
} from './directory/running-directory';
import { domainRoutes } from './domain-panel/routes';
import type { FabricAccess } from './hyperv/fabric-client';
import { startFabric } from './hyperv/start-fabric';
import { findEngine } from './powershell/find-engine';
import { openLabRedis, type LabRedis } from './given-redis';
import type { LabFile } from './lab-file';
import { defaultTimeScale } from './options';
import { startProgram, type Program, type ProgramName } from './programs';
import { startSlack, type SlackStandIn } from './slack/server';
import { app } from './slack/workspace';

/** A whole practice instance: Redis, Active Directory with its KDC, the Slack stand-in, and Handover's four programs. */
export interface Practice {
  readonly file: LabFile;
  readonly directory: PracticeDirectory;
  readonly slack: SlackStandIn;
  readonly programs: readonly Program[];
  /** Starts a program once more, such as one that has died; `env` is added to its environment. */
  start(name: ProgramName, env?: Record<string, string>): Promise<Program>;
  stop(): Promise<void>;
}

/** What a practice instance may choose. */
interface PracticeOptions {
  /** Where this instance's folder is made. */
  readonly directory: string;
  readonly port: number;
  readonly decideSeconds: number;
  /** A directory in memory instead of Samba: nothing is proved. */
  readonly isSimulated: boolean;
  /** Domain controllers, 1 unless said. */
  readonly controllers?: number;
  /** How many seconds pass on the fabric of hosts in one; absent: as `npm run lab` has it. */
  readonly timeScale?: number;
  /** Whether the bot keeps to Slack's limits; absent: it does. */
  readonly pace?: 'slack' | 'off';
  /** Whether hosts are asked by PowerShell, if something here runs it; absent: they are asked directly. */
  readonly powerShell?: boolean;
  /** The port at which Slack reaches the bot by HTTP; absent: by Socket Mode. */
  readonly httpPort?: number;
  /** A Redis to use instead of one of its own; empty for none. */
  readonly redisUrl: string;
  say(line: string): void;
}

/** Starts everything on one claimed loopback address. When a part fails, what was started is stopped before it throws. */
export async function startPractice(options: PracticeOptions): Promise<Practice> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step().catch((error: unknown) => options.say(String(error)));
    undo.length = 0;
  };
  try {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    const directory = await mkdtemp(join(options.directory, 'instance-'));
    undo.push(() => rm(directory, { recursive: true, force: true }));
    const claim = await claimAddress();
    undo.push(() => claim.release());
    const started = await startServers({ options, directory, address: claim.address, undo });
    const { slack, redis, tokens, locks } = started;
    const listen = listenAt(options, claim.address);
    const http = listen && { signingSecret: locks.signingSecret, listen };
    const config = await writeConfiguration({
      directory: join(directory, 'handover'),
      domain: started.running.settings,
      redisUrl: redis.url,
      prefix: redis.prefix,
      slack: {
        apiUrl: slack.apiUrl,
        ...tokens,
        team: app.teamId,
        approvals: 'C0APPROVALS',
        notices: 'C0NOTICES',
        pace: options.pace ?? 'slack',
        ...(http && { http }),
      },
      approvers: ['U0APPROVER', 'U0APPROVER2'],
      decideSeconds: options.decideSeconds,
    });
    const domainFile = join(directory, 'domain.json');
    const access = started.running.access({ url: slack.url, labToken: started.locks.labToken });
    await writeFile(domainFile, JSON.stringify(access), { mode: 0o600 });
    const engine = options.powerShell ? await engineOf(options) : null;
    const fabricFile = join(directory, 'fabric.json');
    const fabric: FabricAccess = { url: slack.url, labToken: started.locks.labToken, engine };
    await writeFile(fabricFile, JSON.stringify(fabric), { mode: 0o600 });
    options.say('Starting Handover: bot, conduct worker, directory worker, Hyper-V worker');
    const programs: Program[] = [];
    const start: Practice['start'] = async (name, env = {}) => {
      const program = await startProgram(name, { config, domainFile, fabricFile, directory, env });
      undo.push(() => program.stop());
      return program;
    };
    for (const name of ['directory', 'hyperv', 'conduct', 'bot'] as const) programs.push(await start(name));
    const file = labFile({ ...started, config, programs, timeScale: options.timeScale ?? defaultTimeScale });
    return { directory: started.running.practice, slack, programs, file, start, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the bot listens for Slack; null: it does not. */
function listenAt({ httpPort: port }: PracticeOptions, address: string) {
  return port === undefined ? null : { address, port };
}

/** Redis, directory and the stand-in for Slack, which the programs need. */
interface Servers {
  readonly redis: LabRedis;
  readonly running: RunningDirectory;
  readonly slack: SlackStandIn;
  readonly tokens: { readonly botToken: string; readonly appToken: string };
  readonly locks: { readonly signingSecret: string; readonly labToken: string };
}

/** What runs PowerShell here; without it the worker asks the fabric directly, which is said. */
async function engineOf(options: PracticeOptions): Promise<string | null> {
  const engine = await findEngine();
  if (engine) return engine.executable;
  options.say('*** NO POWERSHELL: neither pwsh nor the .NET SDK is here, so hosts are asked without it. ***');
  return null;
}

async function startServers(place: {
  options: PracticeOptions;
  directory: string;
  address: string;
  undo: (() => Promise<unknown>)[];
}): Promise<Servers> {
  const { options, directory, address, undo } = place;
  const startDirectory = async (): Promise<RunningDirectory> => {
    if (options.isSimulated) return startSimulatedDirectory({ address, directory });
    if (options.controllers !== 2) return startSambaDirectory({ address, directory });
    const second = await claimAddress();
    undo.push(() => second.release());
    return startSambaDirectory({ address, secondAddress: second.address, directory });
  };
  const [redis, running] = await Promise.allSettled([
    openLabRedis({ address, directory: join(directory, 'redis') }, options.redisUrl),
    startDirectory(),
  ]);
  for (const part of [redis, running]) if (part.status === 'fulfilled') undo.push(() => part.value.stop());
  if (redis.status === 'rejected') throw redis.reason;
  if (running.status === 'rejected') throw running.reason;
  const { practice, routes, tickets, settings } = running.value;
  const secret = (prefix: string) => `${prefix}${randomBytes(24).toString('hex')}`;
  const tokens = { botToken: secret('xoxb-'), appToken: secret('xapp-') };
  const locks = { signingSecret: secret(''), labToken: secret('') };
  const listen = listenAt(options, address);
  const url = listen && `http://${listen.address}:${listen.port}/slack/events`;
  const slack: SlackStandIn = await startSlack({
    address,
    ...(url && { delivery: { kind: 'http', url } }),
    port: options.port,
    ...tokens,
    ...locks,
    extraRoutes: {
      ...routes,
      ...domainRoutes(practice, () => slack.redraw()),
      ...startFabric({
        controllers: settings.directories.map(({ name }) => name),
        tickets,
        timeScale: options.timeScale ?? defaultTimeScale,
      }),
    },
    commandHints,
    rates: 'slack',
  });
  undo.push(() => slack.close());
  return { redis: redis.value, running: running.value, slack, tokens, locks };
}

function labFile(
  parts: Servers & { config: string; programs: readonly Program[]; timeScale: number },
): LabFile {
  const { slack, redis, running } = parts;
  const people = slack.workspace.users.filter((user) =>
    ['requester', 'approver', 'oncall'].includes(user.role),
  );
  return {
    schemaVersion: 1,
    ...running.file,
    slackUrl: slack.url,
    slackApiUrl: slack.apiUrl,
    ...parts.tokens,
    ...parts.locks,
    channels: Object.fromEntries(slack.workspace.channels.map((channel) => [channel.name, channel.id])),
    users: Object.fromEntries(people.map((user) => [user.role, user.id])),
    redisUrl: redis.url,
    redisPrefix: redis.prefix,
    configFile: parts.config,
    timeScale: parts.timeScale,
    pids: {
      ...(redis.pid !== null && { redis: redis.pid }),
      ...running.pids,
      ...Object.fromEntries(parts.programs.map((program) => [program.name, program.child.pid ?? 0])),
    },
  };
}

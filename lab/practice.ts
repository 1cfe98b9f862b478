import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimAddress } from './addresses';
import { writeConfiguration } from './configuration';
import { startDomain, type Domain } from './directory/domain';
import { kdcRoute } from './kdc-route';
import type { LabFile } from './lab-file';
import { startProgram, type Program } from './programs';
import { startRedis } from './redis';
import { startSlack, type SlackStandIn } from './slack/server';
import { app } from './slack/workspace';

/** A whole practice instance: Redis, Active Directory with its KDC, the Slack stand-in, and Handover's three programs. */
export interface Practice {
  readonly file: LabFile;
  readonly domain: Domain;
  readonly slack: SlackStandIn;
  readonly programs: readonly Program[];
  stop(): Promise<void>;
}

/** Starts everything on one claimed loopback address. When a part fails, what was started is stopped before it throws. */
export async function startPractice(options: {
  /** Where this instance's folder is made. */
  directory: string;
  port: number;
  decideSeconds: number;
  say(line: string): void;
}): Promise<Practice> {
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
    const started = await startServers({ directory, address: claim.address, port: options.port, undo });
    const tokens = started.tokens;
    const config = await writeConfiguration({
      directory: join(directory, 'handover'),
      domain: started.domain,
      redisUrl: started.redisUrl,
      slack: { apiUrl: started.slack.apiUrl, ...tokens, team: app.teamId, approvals: 'C0APPROVALS' },
      approvers: ['U0APPROVER', 'U0APPROVER2'],
      decideSeconds: options.decideSeconds,
    });
    const domainFile = join(directory, 'domain.json');
    await writeFile(domainFile, JSON.stringify(started.domain), { mode: 0o600 });
    options.say('Starting Handover: bot, conduct worker, directory worker');
    const programs: Program[] = [];
    for (const name of ['directory', 'conduct', 'bot'] as const) {
      const program = await startProgram(name, { config, domainFile, directory });
      undo.push(() => program.stop());
      programs.push(program);
    }
    return { ...started, programs, file: labFile({ ...started, config, programs }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServers(place: {
  directory: string;
  address: string;
  port: number;
  undo: (() => Promise<unknown>)[];
}) {
  const { directory, address, undo } = place;
  const [redis, domain] = await Promise.allSettled([
    startRedis({ address, directory: join(directory, 'redis') }),
    startDomain({ address, directory }),
  ]);
  for (const part of [redis, domain]) if (part.status === 'fulfilled') undo.push(() => part.value.stop());
  if (redis.status === 'rejected') throw redis.reason;
  if (domain.status === 'rejected') throw domain.reason;
  const secret = (prefix: string) => `${prefix}${randomBytes(24).toString('hex')}`;
  const tokens = { botToken: secret('xoxb-'), appToken: secret('xapp-') };
  const locks = { signingSecret: secret(''), labToken: secret('') };
  const routes = { extraRoutes: { 'GET /_lab/kdc': kdcRoute(domain.value) } };
  const slack = await startSlack({ address, port: place.port, ...tokens, ...locks, ...routes });
  undo.push(() => slack.close());
  return { domain: domain.value, redisUrl: redis.value.url, redisPid: redis.value.pid, slack, tokens, locks };
}

function labFile(
  parts: Awaited<ReturnType<typeof startServers>> & { config: string; programs: readonly Program[] },
): LabFile {
  const { domain, slack } = parts;
  const people = slack.workspace.users.filter((user) =>
    ['requester', 'approver', 'oncall'].includes(user.role),
  );
  return {
    schemaVersion: 1,
    slackUrl: slack.url,
    slackApiUrl: slack.apiUrl,
    ...parts.tokens,
    ...parts.locks,
    channels: Object.fromEntries(slack.workspace.channels.map((channel) => [channel.name, channel.id])),
    users: Object.fromEntries(people.map((user) => [user.role, user.id])),
    redisUrl: parts.redisUrl,
    directories: domain.directories,
    ldapUrl: domain.url,
    caFile: domain.caFile,
    baseDn: domain.baseDn,
    adminDn: domain.adminDn,
    adminPassword: domain.adminPassword,
    krb5Config: domain.krb5Config,
    keytabDir: domain.keytabDir,
    realm: domain.realm,
    hosts: domain.hosts,
    configFile: parts.config,
    pids: {
      redis: parts.redisPid,
      samba: domain.pids[0] ?? 0,
      ...Object.fromEntries(parts.programs.map((program) => [program.name, program.child.pid ?? 0])),
    },
  };
}

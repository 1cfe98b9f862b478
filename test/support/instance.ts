import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimAddress } from '../../lab/addresses';
import { writeConfiguration } from '../../lab/configuration';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
  type OrganisationHost,
} from '../../lab/directory/organisation';
import type { DomainAccess } from '../../lab/directory/domain';
import { kdcRoute } from '../../lab/kdc-route';
import { startProgram, type Program, type ProgramName } from '../../lab/programs';
import { labClient, type LabClient } from '../../lab/slack/client';
import { startSlack, type SlackStandIn } from '../../lab/slack/server';
import { app } from '../../lab/slack/workspace';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import type { AuditSettings } from '../../src/core/audit/audit-settings';
import type { Ledger } from '../../src/core/ports';
import type { Modes, Reminders } from '../../src/core/settings';
import { testDomain } from './domain';
import { testRedis } from './redis';
import { botPort } from './bot-port';
import { scratchDirectory } from './scratch';

/** What a scenario may choose. */
export interface InstanceOptions {
  readonly hosts: OrganisationHost[];
  readonly approvers?: readonly string[];
  readonly requesters?: readonly string[];
  readonly quorum?: number;
  readonly decideSeconds?: number;
  readonly startMinutes?: number;
  readonly modes?: Partial<Modes>;
  readonly lookSeconds?: number;
  readonly convergenceSeconds?: number;
  readonly reminders?: Partial<Reminders>;
  /** Whom an escalation calls; absent: nobody. */
  readonly oncall?: readonly string[];
  /** Absent: nothing is told outside of Slack. */
  readonly webhook?: { readonly url: string; readonly secret: string };
  readonly audit?: Partial<AuditSettings>;
  /** Whether the bot keeps to Slack's limits. */
  readonly pace?: 'slack' | 'off';
  /** Which account the directory worker binds as; absent: the narrow one. `weak` may only read. */
  readonly account?: 'service' | 'weak';
  /** Absent: the run's domain, with one controller. */
  readonly domain?: DomainAccess;
  /** Another Redis than the run's, for scenarios that kill it. */
  readonly redisUrl?: string;
  /** How Slack reaches the bot; absent: Socket Mode. */
  readonly over?: 'socket' | 'http';
  /** Programs that are not started by themselves. */
  readonly without?: readonly ProgramName[];
}

/** Handover's three programs as processes, on the run's Samba and Redis, with a stand-in for Slack and hosts of their own. */
export interface Instance {
  readonly client: LabClient;
  readonly slack: SlackStandIn;
  readonly organisation: Organisation;
  /** A second connection to the ledger: what a scenario looks at, or forges with. */
  readonly ledger: Ledger;
  readonly redisUrl: string;
  readonly prefix: string;
  readonly configFile: string;
  readonly programs: Map<ProgramName, Program>;
  /** The real name of a host of this instance, as typed in Slack. */
  host(key: string): string;
  start(name: ProgramName, env?: Record<string, string>): Promise<Program>;
  stop(): Promise<void>;
}

/** Starts an instance; `stop` leaves nothing behind. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const domain = options.domain ?? testDomain();
  const { domain: _, ...settings } = options;
  const shared = testRedis();
  const redisUrl = options.redisUrl ?? shared.url;
  const directory = await scratchDirectory();
  const claim = await claimAddress();
  const organisation = await createOrganisation(domain, {
    name: `ou-${randomBytes(4).toString('hex')}`,
    hosts: options.hosts,
  });
  const secret = (prefix: string) => `${prefix}${randomBytes(12).toString('hex')}`;
  const tokens = { botToken: secret('xoxb-'), appToken: secret('xapp-') };
  const [labToken, signingSecret] = [secret(''), secret('')];
  const listen = { address: claim.address, port: botPort };
  const url = `http://${listen.address}:${listen.port}/slack/events`;
  const isHttp = options.over === 'http';
  const slack = await startSlack({
    address: claim.address,
    ...tokens,
    labToken,
    signingSecret,
    ...(isHttp && { delivery: { kind: 'http', url } }),
    extraRoutes: { 'GET /_lab/kdc': kdcRoute(domain) },
  });
  const configFile = await writeConfiguration({
    directory: join(directory, 'handover'),
    domain: {
      ...domain,
      service: options.account === 'weak' ? domain.weak : domain.service,
      searchBases: [...domain.searchBases, organisation.dn],
    },
    redisUrl,
    prefix: shared.prefix,
    slack: {
      apiUrl: slack.apiUrl,
      ...tokens,
      team: app.teamId,
      approvals: 'C0APPROVALS',
      notices: 'C0NOTICES',
      // As the stand-in of the tests, which does not limit either.
      pace: options.pace ?? 'off',
      ...(isHttp && { http: { signingSecret, listen } }),
    },
    ...settings,
    approvers: options.approvers ?? ['U0APPROVER', 'U0APPROVER2'],
  });
  const domainFile = join(directory, 'domain.json');
  await writeFile(domainFile, JSON.stringify(domain), { mode: 0o600 });
  const programs = new Map<ProgramName, Program>();
  const ledger = await openRedisLedger({ url: redisUrl, prefix: shared.prefix });
  const start = async (name: ProgramName, env: Record<string, string> = {}): Promise<Program> => {
    const program = await startProgram(name, { config: configFile, domainFile, directory, env });
    programs.set(name, program);
    return program;
  };
  const names = (['directory', 'conduct', 'bot'] as const).filter((name) => !options.without?.includes(name));
  await Promise.all(names.map((name) => start(name)));
  return {
    client: labClient({ url: slack.url, labToken }),
    slack,
    organisation,
    ledger,
    redisUrl,
    prefix: shared.prefix,
    configFile,
    programs,
    host: (key) => organisation.host(key).name,
    start,
    async stop() {
      await Promise.all([...programs.values()].map((program) => program.stop()));
      await ledger.close();
      await slack.close();
      await claim.release();
      await deleteOrganisation(domain, organisation);
    },
  };
}

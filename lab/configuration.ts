import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ordinaryHosts } from './directory/accounts';
import { newKeyPair } from '../src/jobs/ports/ed25519-keys';
import type { AuditSettings } from '../src/core/audit/audit-settings';
import type { Modes, Reminders } from '../src/core/settings';
import type { DomainAccess } from './directory/domain';

/** What a practice instance is configured with. */
export interface ConfigurationInput {
  /** An existing folder of its own; secrets in it are readable by the owner only. */
  readonly directory: string;
  readonly domain: Pick<
    DomainAccess,
    'directories' | 'caFile' | 'baseDn' | 'searchBases' | 'fileServerBases' | 'service'
  >;
  readonly redisUrl: string;
  readonly prefix?: string;
  readonly slack: {
    apiUrl: string;
    botToken: string;
    appToken: string;
    team: string;
    approvals: string;
    /** Absent: the approvals channel. */
    notices?: string;
    /** Absent: as for Slack. */
    pace?: 'slack' | 'off';
    /** Absent: Socket Mode. */
    http?: { signingSecret: string; listen: { address: string; port: number } };
  };
  readonly approvers: readonly string[];
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
}

/** Writes `handover.yaml` with its keys and secrets, as an operator would lay them out. Gives the file's path. */
export async function writeConfiguration(input: ConfigurationInput): Promise<string> {
  const { directory, domain, slack } = input;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const keys = newKeyPair();
  const secrets: Record<string, string> = {
    'bot-token': slack.botToken,
    'app-token': slack.appToken,
    ...(slack.http && { 'signing-secret': slack.http.signingSecret }),
    ...(input.webhook && { 'webhook-secret': input.webhook.secret }),
    'redis-url': input.redisUrl,
    'directory-password': domain.service.password,
    'signing-key.pem': keys.privateKey,
    'signing-key.pub.pem': keys.publicKey,
  };
  for (const [name, text] of Object.entries(secrets)) {
    await writeFile(join(directory, name), text, { mode: 0o600 });
  }
  const file = join(directory, 'handover.yaml');
  await writeFile(file, stringify(settingsOf(input)), { mode: 0o600 });
  return file;
}

function settingsOf(input: ConfigurationInput) {
  const { domain, slack } = input;
  return {
    slack: {
      team: slack.team,
      apiUrl: slack.apiUrl,
      botTokenFile: 'bot-token',
      ...(slack.http
        ? { receive: 'http', signingSecretFile: 'signing-secret', listen: slack.http.listen }
        : { appTokenFile: 'app-token' }),
      pace: slack.pace ?? 'slack',
      channels: { approvals: slack.approvals, ...(slack.notices && { notices: slack.notices }) },
    },
    redis: { urlFile: 'redis-url', prefix: input.prefix ?? '{handover}' },
    keys: {
      signingKeyFile: 'signing-key.pem',
      publicKeys: { 'lab-1': 'signing-key.pub.pem' },
      signWith: 'lab-1',
    },
    directory: {
      servers: domain.directories,
      caFile: domain.caFile,
      bindDn: domain.service.dn,
      passwordFile: 'directory-password',
      baseDn: domain.baseDn,
      searchBases: domain.searchBases,
      fileServerBases: domain.fileServerBases,
    },
    hyperv: { hosts: [...ordinaryHosts], sampleSeconds: 60 },
    policy: {
      'delegation-add': ruleOf(input),
      'delegation-remove': ruleOf(input),
      'trust-mode': ruleOf(input),
      'host-setting': ruleOf(input),
      'live-move': ruleOf(input),
      cordon: 'anyone',
      'storage-move': ruleOf(input),
      read: {
        findings: 'anyone',
        delegations: 'anyone',
        hosts: 'anyone',
        audit: 'anyone',
        suggestions: 'anyone',
      },
      ...(input.oncall && { oncall: [...input.oncall] }),
    },
    modes: input.modes ?? {},
    reminders: input.reminders ?? {},
    ...(input.webhook && { webhook: { url: input.webhook.url, secretFile: 'webhook-secret' } }),
    times: {
      decideSeconds: input.decideSeconds ?? 8 * 3600,
      startMinutes: input.startMinutes ?? 15,
      // Nobody at a practice domain waits half a minute to be seen.
      lookSeconds: input.lookSeconds ?? 2,
      // Nor ten minutes for a host that is ill.
      wellSeconds: 20,
      convergenceSeconds: input.convergenceSeconds ?? 120,
    },
    audit: { mirrorDirectory: 'audit', ...input.audit },
  };
}

function ruleOf({ requesters, approvers, quorum }: ConfigurationInput) {
  return { requesters: requesters ?? 'anyone', approvers: [...approvers], quorum: quorum ?? 1 };
}

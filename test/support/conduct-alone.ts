import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimAddress } from '../../lab/addresses';
import { writeConfiguration } from '../../lab/configuration';
import { startProgram, type Program, type ProgramName } from '../../lab/programs';
import { labClient, type LabClient } from '../../lab/slack/client';
import { startSlack } from '../../lab/slack/server';
import { app } from '../../lab/slack/workspace';
import type { AuditSettings } from '../../src/core/audit/audit-settings';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { openVerifier } from '../../src/jobs/ports/ed25519-keys';
import type { Ledger, Verifier } from '../../src/core/ports';
import type { AuditCopy } from '../../src/jobs/audit/verify-copy';
import { mirrorRecords, mirrorSeals } from '../../src/jobs/mirror/read-mirror';
import { testRedis, type TestRedis } from './redis';
import { scratchDirectory } from './scratch';

/** Handover without a directory: a conducting worker's program, and if it is started the bot's on a stand-in for Slack. */
export interface ConductAlone {
  readonly ledger: Ledger;
  readonly redis: TestRedis;
  readonly verifier: Verifier;
  readonly configFile: string;
  readonly mirrorDirectory: string;
  readonly client: LabClient;
  readonly mirror: () => Promise<AuditCopy>;
  readonly start: (name?: ProgramName) => Promise<Program>;
  stop(): Promise<void>;
}

export async function conductAlone(audit: Partial<AuditSettings> = {}): Promise<ConductAlone> {
  const redis = testRedis();
  const directory = await scratchDirectory();
  const claim = await claimAddress();
  const secret = (prefix: string) => `${prefix}${randomBytes(12).toString('hex')}`;
  const tokens = { botToken: secret('xoxb-'), appToken: secret('xapp-') };
  const labToken = secret('');
  const slack = await startSlack({ address: claim.address, ...tokens, labToken, signingSecret: secret('') });
  const configFile = await writeConfiguration({
    directory: join(directory, 'handover'),
    domain: {
      directories: [{ name: 'nowhere', url: 'ldaps://127.0.0.1:636', tlsName: 'nowhere' }],
      caFile: 'none',
      baseDn: 'DC=nowhere',
      searchBases: ['DC=nowhere'],
      fileServerBases: [],
      service: { dn: 'CN=none', password: 'none' },
    },
    redisUrl: redis.url,
    prefix: redis.prefix,
    slack: {
      apiUrl: slack.apiUrl,
      ...tokens,
      team: app.teamId,
      approvals: 'C0APPROVALS',
      notices: 'C0NOTICES',
    },
    approvers: ['U0APPROVER'],
    audit,
  });
  const domainFile = join(directory, 'domain.json');
  await writeFile(domainFile, '{}');
  const pem = await readFile(join(directory, 'handover', 'signing-key.pub.pem'), 'utf8');
  const mirrorDirectory = join(directory, 'handover', 'audit');
  const programs = new Set<Program>();
  const ledger = await openRedisLedger(redis);
  return {
    ledger,
    redis,
    verifier: openVerifier({ 'lab-1': pem }),
    configFile,
    mirrorDirectory,
    client: labClient({ url: slack.url, labToken }),
    mirror: async () => ({
      records: mirrorRecords(mirrorDirectory),
      seals: await mirrorSeals(mirrorDirectory),
    }),
    async start(name = 'conduct') {
      const program = await startProgram(name, { config: configFile, domainFile, directory });
      programs.add(program);
      if (name === 'bot') await slack.whenReachable();
      return program;
    },
    async stop() {
      await Promise.all([...programs].map((program) => program.stop()));
      await ledger.close();
      await slack.close();
      await claim.release();
    },
  };
}

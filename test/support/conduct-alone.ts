import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeConfiguration } from '../../lab/configuration';
import { startProgram, type Program } from '../../lab/programs';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { openVerifier } from '../../src/jobs/ports/ed25519-keys';
import type { Ledger, Verifier } from '../../src/core/ports';
import { testRedis } from './redis';
import { scratchDirectory } from './scratch';

/** A conducting worker's program beside the run's Redis, without Slack and without a directory: neither is its business. */
export interface ConductAlone {
  readonly ledger: Ledger;
  readonly verifier: Verifier;
  readonly configFile: string;
  readonly mirrorDirectory: string;
  start(): Promise<Program>;
}

export async function conductAlone(): Promise<ConductAlone> {
  const redis = testRedis();
  const directory = await scratchDirectory();
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
      apiUrl: 'http://127.0.0.1/',
      botToken: 'x',
      appToken: 'x',
      team: 'T1',
      approvals: 'C0APPROVALS',
    },
    approvers: [],
  });
  const domainFile = join(directory, 'domain.json');
  await writeFile(domainFile, '{}');
  const pem = await readFile(join(directory, 'handover', 'signing-key.pub.pem'), 'utf8');
  return {
    ledger: await openRedisLedger(redis),
    verifier: openVerifier({ 'lab-1': pem }),
    configFile,
    mirrorDirectory: join(directory, 'handover', 'audit'),
    start: () => startProgram('conduct', { config: configFile, domainFile, directory }),
  };
}

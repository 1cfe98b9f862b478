import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { claimAddress, type ClaimedAddress } from '../../lab/addresses';
import { startRedis, type PracticeRedis } from '../../lab/redis';
import { repositoryRoot } from '../../lab/repository';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { openBullQueue } from '../../src/jobs/queue/bullmq-queue';
import { waitFor } from '../../lab/wait-for';
import { intake, NOW, signed } from '../support/request-record';
import { scratchDirectory } from '../support/scratch';

const roles = ['bot', 'conduct', 'directory', 'hyperv'] as const;
const prefix = '{handover}';
let claim: ClaimedAddress;
let redis: PracticeRedis;
beforeAll(async () => {
  claim = await claimAddress();
  redis = await startRedis({ address: claim.address, directory: await scratchDirectory() });
  const text = readFileSync(join(repositoryRoot, 'deploy/redis/users.acl.example'), 'utf8');
  const admin = new Redis(redis.url);
  // The default user stays on for the test's own end; everything else is as in the file.
  for (const line of text.split('\n').filter((each) => each.startsWith('user ') && !each.includes(' off'))) {
    await admin.call('ACL', 'SETUSER', ...line.split(' ').slice(1));
  }
  admin.disconnect();
});
afterAll(async () => {
  await redis.stop();
  await claim.release();
});

const urlOf = (role: string) =>
  redis.url.replace(/\/\/:[^@]*@/, `//${role}:CHANGE-ME-${role.toUpperCase()}@`);

describe('the access list for Redis', () => {
  it.each(roles)('lets the role %s do all that ledger and queue need', async (role) => {
    const ledger = await openRedisLedger({ url: urlOf(role), prefix });
    const errors: Error[] = [];
    const queue = await openBullQueue({ url: urlOf(role), prefix, onError: (error) => errors.push(error) });
    const id = signed(intake({ id: Buffer.from(role.padEnd(16)).toString('hex') }));
    const { record } = await ledger.recordIntake(id, { key: role, card: { channel: 'C1' } });
    const entry = { what: 'x', who: 'x', at: NOW, detail: {} };
    expect(await ledger.commit(record, { attempt: 1 }, entry)).not.toBeNull();
    const ran: string[] = [];
    const consumer = await queue.handle('reports', async (job) => {
      ran.push(job.id);
      return Promise.resolve({ kind: 'over' });
    });
    await queue.hold('reports', { id: `${role}-1`, request: record.id }, Date.now() + 60_000);
    await queue.release('reports', `${role}-1`);
    await waitFor('the job', () => Promise.resolve(ran.length > 0 ? true : undefined));
    await consumer.stop();
    await queue.close();
    await ledger.close();
    expect(errors).toEqual([]);
  });

  it.each(roles)('keeps the role %s from other keys, from settings and from wiping', async (role) => {
    const client = new Redis(urlOf(role));
    for (const command of [
      ['SET', 'elsewhere', '1'],
      ['CONFIG', 'GET', '*'],
      ['FLUSHALL'],
      ['ACL', 'LIST'],
      ['KEYS', '*'],
    ]) {
      await expect(client.call(command[0] ?? '', ...command.slice(1))).rejects.toThrow(/NOPERM/);
    }
    client.disconnect();
  });
});

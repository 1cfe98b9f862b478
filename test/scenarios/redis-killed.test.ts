import { claimAddress, type ClaimedAddress } from '../../lab/addresses';
import { readDelegation } from '../../lab/directory/delegation';
import { startRedis, type PracticeRedis } from '../../lab/redis';
import { brokenLink } from '../../src/core/request/audit';
import { ask, press, reaches, reports } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { scratchDirectory } from '../support/scratch';

let claim: ClaimedAddress;
let redis: PracticeRedis;
let instance: Instance;
beforeAll(async () => {
  claim = await claimAddress();
  redis = await startRedis({ address: claim.address, directory: await scratchDirectory() });
  instance = await startInstance({
    hosts: ['hv01', 'hv02', 'hv03'].map((name) => ({ name })),
    redisUrl: redis.url,
  });
});
afterAll(async () => {
  await instance.stop();
  await redis.stop();
  await claim.release();
});

const approve = { user: 'approver', action: 'request.approve' };

describe('Redis killed and started again', () => {
  it('loses no request that was acknowledged', async () => {
    const asked = await ask(instance, `/delegate ${instance.host('hv01')} -> ${instance.host('hv02')} cifs`);
    await redis.kill();
    const answer = await instance.client.command({
      user: 'requester',
      channel: 'hyper-v',
      text: `/delegate ${instance.host('hv03')} -> ${instance.host('hv02')} cifs`,
    });
    expect(JSON.stringify(answer)).toMatch(/Redis does not answer\. (Nothing was changed|It is not known)/);
    await redis.restart();
    await reaches(instance, asked, 'waiting');
    expect(await instance.ledger.findByLabel('R-1002')).toBeNull();
  }, 40_000);

  it('loses no decision, and the request ends with one report', async () => {
    const asked = await ask(instance, `/delegate ${instance.host('hv02')} -> ${instance.host('hv01')} cifs`);
    await reaches(instance, asked, 'waiting');
    await press(instance, asked, approve);
    await reaches(instance, asked, 'approved', 'running', 'done');
    await redis.kill();
    await redis.restart();
    // What follows reads the ledger, whose own connection has to come back first.
    const done = await reaches(instance, asked, 'done');
    expect(await reports(instance, asked)).toHaveLength(1);
    expect(await readDelegation(testDomain(), instance.host('hv02'))).toHaveLength(2);
    expect(brokenLink(await instance.ledger.audit(done.id))).toBeNull();
  }, 40_000);
});

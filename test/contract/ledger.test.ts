import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { testRedis } from '../support/redis';
import { ledgerSuite, steppedClock } from './ledger-suite';

ledgerSuite('Redis', async () => ({
  ledger: await openRedisLedger(testRedis()),
  pass: (ms) => systemClock.wait(ms),
}));

ledgerSuite('memory', () => {
  const clock = steppedClock();
  return Promise.resolve({ ledger: openMemoryLedger(clock), pass: (ms) => clock.pass(ms) });
});

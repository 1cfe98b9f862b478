import { Redis } from 'ioredis';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { memoryClock } from '../support/memory-clock';
import { testRedis } from '../support/redis';
import { ledgerSuite } from './ledger-suite';

ledgerSuite('Redis', async () => {
  const redis = testRedis();
  const thief = new Redis(redis.url);
  const ledger = await openRedisLedger(redis);
  const others = [await openRedisLedger(redis), await openRedisLedger(redis)] as const;
  return {
    ledger,
    others,
    pass: (ms) => systemClock.wait(ms),
    async forge(id, text) {
      await thief.hset(ledgerKeys(redis.prefix).request(id), 'record', text);
    },
    async close() {
      thief.disconnect();
      await Promise.all([ledger, ...others].map((one) => one.close()));
    },
  };
});

ledgerSuite('memory', () => {
  const clock = memoryClock();
  const ledger = openMemoryLedger(clock);
  return Promise.resolve({
    ledger,
    others: [ledger],
    pass: clock.pass,
    forge: (id, text) => Promise.resolve(ledger.forge(id, text)),
    close: () => ledger.close(),
  });
});

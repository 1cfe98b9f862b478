import { randomBytes } from 'node:crypto';

/** Where a test file's keys are: the run's Redis and a prefix nobody else has. */
export interface TestRedis {
  url: string;
  /** A hash tag, so that all keys of a file would share one cluster slot. */
  prefix: string;
}

/** The Redis of this test run with a new key prefix; call it once per test file. */
export function testRedis(): TestRedis {
  const json = process.env['HANDOVER_TEST_REDIS'];
  if (!json) throw new Error('No Redis runs: HANDOVER_TEST_PARTS leaves it out, or jest ran without setup');
  const { url } = JSON.parse(json) as { url: string };
  return { url, prefix: `{t-${randomBytes(6).toString('hex')}}` };
}

import { join } from 'node:path';
import { repositoryRoot } from '../../../lab/repository';
import { openPool, type Pool, type PoolOptions } from '../../../src/jobs/hyperv/powershell/pool';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { testEngine } from '../../support/powershell';

const executable = testEngine();
const faults = join(repositoryRoot, 'test/jobs/hyperv/faults.psm1');
const LONG = 20_000;
let pool: Pool;
const open = (more: Partial<PoolOptions> = {}): void => {
  pool = openPool({ executable, module: faults, clock: systemClock, random: systemRandom, size: 1, ...more });
};
afterEach(() => pool.close());

const pidOf = async (): Promise<unknown> => {
  const answer = await pool.call({ call: 'pid', arguments: {} }, LONG);
  return answer.kind === 'data' ? answer.data : answer;
};

describe('a pool of shells', () => {
  it('keeps its shells', async () => {
    open();
    const first = await pidOf();
    expect(first).toEqual(expect.any(Number));
    expect(await pidOf()).toBe(first);
  });

  it.each([
    ['hangs', 'hang', 300],
    ['ends orderly', 'exit', LONG],
    ['says nothing', 'silent', 300],
    ['says too much', 'noisy', 300],
    ['answers another call', 'stranger', 300],
  ])('does not know what came of a call whose shell %s, and goes on', async (_, call, deadline) => {
    open();
    const before = await pidOf();
    expect(await pool.call({ call, arguments: { code: 0 } }, deadline)).toEqual({ kind: 'unknown' });
    const after = await pidOf();
    expect(after).toEqual(expect.any(Number));
    expect(after).not.toBe(before);
  });

  it('replaces a shell after so many calls', async () => {
    open({ mostCalls: 2 });
    const seen = [await pidOf(), await pidOf(), await pidOf()];
    expect(new Set(seen).size).toBe(2);
  });

  it('has as many shells as it may, and no more', async () => {
    open({ size: 2 });
    const seen = await Promise.all([pidOf(), pidOf(), pidOf(), pidOf()]);
    expect(new Set(seen).size).toBe(2);
  });

  it('lets nobody wait for ever when it is closed', async () => {
    open();
    await pidOf();
    const calls = [1, 2, 3].map(() => pool.call({ call: 'hang', arguments: {} }, LONG));
    pool.close();
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ kind: 'unknown' })));
  });
});

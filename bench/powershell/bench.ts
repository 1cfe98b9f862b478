import { join } from 'node:path';
import { MissingPartError } from '../../lab/machine';
import { findEngine } from '../../lab/powershell/find-engine';
import { repositoryRoot } from '../../lab/repository';
import type { Call } from '../../src/jobs/hyperv/powershell/call';
import { openPool } from '../../src/jobs/hyperv/powershell/pool';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { figure, median, type Figure } from '../figures';
import type { BenchOrder } from '../order';
import { withUndoing } from '../undoing';
import { startRawHost } from './raw-host';

/** Calls of one run, whose figure is their median; of a process for each call, which takes more than a second, one. */
const CALLS = 400;

/** Calls before the first run: the engine compiles what it has often run. */
const WARM_UP = 2_000;
const CALL_MS = 30_000;

/** Of a process for each call: a fiftieth. Of the bare host: a fifth more. */
const GOAL_OF_PROCESS = 1 / 50;
const GOAL_OF_HOST = 1.2;

const call: Call = { call: 'Echo', arguments: { Text: ['web-01', 'hyper-v01'] } };

/** A call over the pool, against the same line to a bare host of the engine over stdin, and against a process for each call. */
export function benchPowerShell({ runs, say }: BenchOrder): Promise<readonly Figure[]> {
  return withUndoing(async (undoing) => {
    const engine = await findEngine();
    if (!engine) throw new MissingPartError('Nothing runs PowerShell here: neither pwsh nor the .NET SDK.');
    const { executable, kind } = engine;
    const module = join(repositoryRoot, 'src/jobs/hyperv/powershell/Handover.psm1');
    say(kind === 'engine' ? 'On the engine of PowerShell, hosted by the practice shell' : `On ${executable}`);
    const shells = openPool({
      executable,
      module,
      clock: systemClock,
      random: systemRandom,
      size: 1,
      mostCalls: Infinity,
    });
    undoing.push(() => Promise.resolve(shells.close()));
    const host = await startRawHost(executable, module);
    undoing.push(() => host.stop());
    const pooled = async (): Promise<number> => {
      const startedAt = performance.now();
      const answer = await shells.call(call, CALL_MS);
      if (answer.kind !== 'data') throw new Error(`The pool answered ${answer.kind}`);
      return performance.now() - startedAt;
    };
    const own = async (): Promise<number> => {
      const startedAt = performance.now();
      const one = await startRawHost(executable, module);
      await one.call(call);
      const ms = performance.now() - startedAt;
      await one.stop();
      return ms;
    };
    const kept: { pool: number; host: number; process: number }[] = [];
    // The first run only warms up.
    for (let run = 0; run <= runs; run += 1) {
      const medians = await byTurns(run === 0 ? WARM_UP : CALLS, pooled, () => host.call(call));
      kept.push({ ...medians, process: await own() });
    }
    const of = (what: 'pool' | 'host' | 'process') => kept.slice(1).map((each) => each[what]);
    const [pooledMs, hostMs, processMs] = [of('pool'), of('host'), of('process')];
    return [
      figure({
        name: 'pooled call, of a process for each call',
        unit: 'ms',
        runs: pooledMs,
        reference: processMs,
        goal: GOAL_OF_PROCESS,
      }),
      figure({
        name: 'pooled call, of the bare host over stdin',
        unit: 'ms',
        runs: pooledMs,
        reference: hostMs,
        goal: GOAL_OF_HOST,
      }),
      figure({ name: 'bare host over stdin', unit: 'ms', runs: hostMs }),
      figure({ name: 'process for each call', unit: 'ms', runs: processMs }),
    ];
  });
}

/** Call by call in turns, so that what else the machine does is in both. */
async function byTurns(
  calls: number,
  takePool: () => Promise<number>,
  takeHost: () => Promise<number>,
): Promise<{ pool: number; host: number }> {
  const [pool, host]: [number[], number[]] = [[], []];
  for (let at = 0; at < calls; at += 1) {
    host.push(await takeHost());
    pool.push(await takePool());
  }
  return { pool: median(pool), host: median(host) };
}

import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { claimAddress } from '../../lab/addresses';
import { findChromium } from '../../lab/chromium';
import { startDomain } from '../../lab/directory/domain';
import { findEngine } from '../../lab/powershell/find-engine';
import { startRedis } from '../../lab/redis';

import { scratchDirectory, scratchPrefix } from './scratch';

/** The servers and programs that one jest run shares, as the environment variables that tell the tests, and the way to end them. */
export interface SharedParts {
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** The parts by name: HANDOVER_TEST_PARTS=redis starts only those it lists (comma-separated). */
const partNames = ['redis', 'domain', 'chromium', 'powershell'] as const;
export type PartName = (typeof partNames)[number];

/** Which parts HANDOVER_TEST_PARTS asks for: all when unset or empty. Throws on a name it does not know. */
export function wantedParts(list = ''): PartName[] {
  const names = list.split(',').map((name) => name.trim());
  if (names.join('') === '') return [...partNames];
  return names.map((name) => {
    const known = partNames.find((part) => part === name);
    if (!known) throw new Error(`HANDOVER_TEST_PARTS: ${name} is none of ${partNames.join(', ')}`);
    return known;
  });
}

/** Starts the wanted parts at the same time on one claimed address. When one fails, the others are ended before it throws. */
export async function startParts(wanted: readonly PartName[]): Promise<SharedParts> {
  await sweepAbandoned();
  const claim = await claimAddress();
  const directory = await scratchDirectory();
  const environment: Record<string, string> = {};
  const starts: Record<PartName, () => Promise<{ stop(): Promise<void> }>> = {
    redis: async () => {
      const redis = await startRedis({ address: claim.address, directory: join(directory, 'redis') });
      environment['HANDOVER_TEST_REDIS'] = JSON.stringify({ url: redis.url });
      return redis;
    },
    domain: async () => {
      const domain = await startDomain({ address: claim.address, directory });
      environment['HANDOVER_TEST_DOMAIN'] = JSON.stringify(domain);
      return domain;
    },
    // Each test starts its own; that it can is known before the first one runs.
    chromium: async () => {
      environment['HANDOVER_TEST_CHROMIUM'] = findChromium();
      return { stop: () => Promise.resolve() };
    },
    powershell: async () => {
      const engine = await findEngine();
      if (!engine) throw new Error('Nothing runs PowerShell here: neither pwsh nor the .NET SDK');
      environment['HANDOVER_TEST_ENGINE'] = engine.executable;
      return { stop: () => Promise.resolve() };
    },
  };
  const results = await Promise.allSettled(wanted.map((part) => starts[part]()));
  const stop = async (): Promise<void> => {
    const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const ended = await Promise.allSettled(started.map((part) => part.stop()));
    await claim.release();
    await rm(directory, { recursive: true, force: true });
    throwFirstFailure(ended);
  };
  try {
    throwFirstFailure(results);
  } catch (error) {
    await stop();
    throw error;
  }
  return { environment, stop };
}

function throwFirstFailure(results: readonly PromiseSettledResult<unknown>[]): void {
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason;
  }
}

/** A run that was killed leaves its directory (its servers end by themselves); the next run removes it. */
async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${scratchPrefix}(?<pid>\\d+)-`, 'u').exec(name)?.groups?.['pid'];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

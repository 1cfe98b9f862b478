import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun } from '../processes';
import { repositoryRoot } from '../repository';

import type { ControllerPlace } from './controller';
import { provisionDomain } from './provision';
import { joinSecondController, type ControllerPair } from './second-controller';

const domainMakers = ['names', 'accounts', 'ldif', 'controller', 'rights', 'provision'];

/** What is kept, and the files that decide what it holds; a change in any of them makes a new one. */
const makers = { domain: domainMakers, pair: [...domainMakers, 'second-controller', 'replication'] };

/** Where provisioned domains are kept between runs; git-ignored. */
const cacheDirectory = join(repositoryRoot, 'lab', '.cache');

/** What makes a domain and where it is kept; tests give their own. */
export interface DomainCache {
  directory: string;
  /** Makes a stopped domain at `place.home`, which is empty. */
  provision(place: ControllerPlace): Promise<void>;
  /** Joins the second controller to a stopped domain; both are stopped after it. */
  joinSecond(pair: ControllerPair): Promise<void>;
}

const ordinaryCache: DomainCache = {
  directory: cacheDirectory,
  provision: provisionDomain,
  joinSecond: joinSecondController,
};

/** Domains of other versions of the makers go away after this long without being made anew. */
const staleAfterMs = 24 * 60 * 60 * 1_000;

/**
 * Puts a provisioned, stopped domain at `place.home`, which must not exist yet. The first call on a machine provisions it, later
 * ones copy. Passwords in it are nobody's: set them before use. Several processes may do this at once.
 */
export async function copyProvisionedDomain(place: ControllerPlace, cache = ordinaryCache): Promise<void> {
  const kept = await keep(cache.directory, 'domain', (home) => cache.provision({ ...place, home }));
  await mustRun('cp', ['-a', kept, place.home]);
}

/**
 * The same with two controllers. They are kept and copied as one, stopped in one state: a controller that is older than its partner
 * remembers would count its changes (USN, MS-DRSR 4.1.10) from where it was, and the partner would skip them as known.
 */
export async function copyProvisionedPair(pair: ControllerPair, cache = ordinaryCache): Promise<void> {
  const { first, second } = pair;
  const kept = await keep(cache.directory, 'pair', async (home) => {
    const making = {
      first: { ...first, home: join(home, first.name) },
      second: { ...second, home: join(home, second.name) },
    };
    await copyProvisionedDomain(making.first, cache);
    await cache.joinSecond(making);
  });
  for (const place of [first, second]) await mustRun('cp', ['-a', join(kept, place.name), place.home]);
}

/** The path of what is kept of this kind; `make` makes it in an empty folder when there is none yet. */
async function keep(
  directory: string,
  kind: keyof typeof makers,
  make: (home: string) => Promise<void>,
): Promise<string> {
  const kept = join(directory, await nameOf(kind));
  if (existsSync(kept)) return kept;
  await removeStale(directory, [await nameOf('domain'), await nameOf('pair')]);
  const making = join(directory, `making-${randomBytes(6).toString('hex')}`);
  await mkdir(making, { recursive: true, mode: 0o700 });
  try {
    await make(making);
    await rename(making, kept);
  } catch (error) {
    // Another process was faster: its domain is as good as ours.
    if (!existsSync(kept)) throw error;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return kept;
}

/** Those of today's makers stay however old they are: another process may be copying them. */
async function removeStale(directory: string, current: readonly string[]): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    if (!/^(?:domain|pair|making)-/u.test(name) || current.includes(name)) continue;
    const path = join(directory, name);
    // Another process may have renamed or removed it meanwhile.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > staleAfterMs) await rm(path, { recursive: true, force: true });
  }
}

async function nameOf(kind: keyof typeof makers): Promise<string> {
  const digest = createHash('sha256').update(await mustRun('samba', ['--version']));
  for (const file of makers[kind]) {
    digest.update(await readFile(join(repositoryRoot, 'lab', 'directory', `${file}.ts`)));
  }
  return `${kind}-${digest.digest('hex')}`;
}

import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun } from '../processes';
import { repositoryRoot } from '../repository';

import { provisionDomain } from './provision';
import type { ControllerPlace } from './controller';

/** The files that decide what a provisioned domain holds; a change in any of them makes a new one. */
const makers = ['names', 'accounts', 'ldif', 'controller', 'provision'];

/** Where provisioned domains are kept between runs; git-ignored. */
const cacheDirectory = join(repositoryRoot, 'lab', '.cache');

/** What makes a domain and where it is kept; tests give their own. */
export interface DomainCache {
  directory: string;
  provision(place: ControllerPlace): Promise<void>;
}

const ordinaryCache: DomainCache = { directory: cacheDirectory, provision: provisionDomain };

/** Domains of other versions of the makers go away after this long without being made anew. */
const staleAfterMs = 24 * 60 * 60 * 1_000;

/**
 * Puts a provisioned, stopped domain at `place.home`, which must not exist yet. The first call on a machine provisions it, later
 * ones copy. Passwords in it are nobody's: set them before use. Several processes may do this at once.
 */
export async function copyProvisionedDomain(place: ControllerPlace, cache = ordinaryCache): Promise<void> {
  const kept = join(cache.directory, `domain-${await makerDigest()}`);
  if (!existsSync(kept)) await keepNewDomain(place, kept, cache);
  await mustRun('cp', ['-a', kept, place.home]);
}

async function keepNewDomain(place: ControllerPlace, kept: string, cache: DomainCache): Promise<void> {
  await removeStale(cache.directory);
  const making = join(cache.directory, `making-${randomBytes(6).toString('hex')}`);
  await mkdir(making, { recursive: true, mode: 0o700 });
  try {
    await cache.provision({ ...place, home: making });
    await rename(making, kept);
  } catch (error) {
    // Another process was faster: its domain is as good as ours.
    if (!existsSync(kept)) throw error;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function removeStale(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const { mtimeMs } = await stat(path);
    if (/^(?:domain|making)-/u.test(name) && Date.now() - mtimeMs > staleAfterMs) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

async function makerDigest(): Promise<string> {
  const digest = createHash('sha256').update(await mustRun('samba', ['--version']));
  for (const maker of makers) {
    digest.update(await readFile(join(repositoryRoot, 'lab', 'directory', `${maker}.ts`)));
  }
  return digest.digest('hex');
}

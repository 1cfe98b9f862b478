/** @needs domain: which domain is cached depends on Samba's version. */
import { EventEmitter, once } from 'node:events';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { copyProvisionedDomain, type DomainCache } from '../../../lab/directory/cache';
import type { ControllerPlace } from '../../../lab/directory/controller';
import { scratchDirectory } from '../../support/scratch';

describe('the cache of provisioned domains', () => {
  let folder: string;
  let made: string[];
  let cache: DomainCache;

  beforeEach(async () => {
    folder = await scratchDirectory();
    made = [];
    const provision = async ({ home, name }: ControllerPlace): Promise<void> => {
      made.push(home);
      await writeFile(join(home, 'name'), name);
    };
    cache = { directory: join(folder, 'cache'), provision };
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  function placeOf(name: string): ControllerPlace {
    return { name, address: '127.1.1.1', home: join(folder, name) };
  }

  it('provisions once and copies afterwards', async () => {
    await copyProvisionedDomain(placeOf('first'), cache);
    await copyProvisionedDomain(placeOf('second'), cache);
    expect(made).toHaveLength(1);
    expect(await readFile(join(folder, 'second', 'name'), 'utf8')).toBe('first');
  });

  it('serves two that provision at the same time and keeps one domain', async () => {
    const gate = new EventEmitter();
    const both = once(gate, 'both');
    const provision = async (place: ControllerPlace): Promise<void> => {
      await cache.provision(place);
      if (made.length === 2) gate.emit('both');
      await both;
    };
    await Promise.all([
      copyProvisionedDomain(placeOf('first'), { ...cache, provision }),
      copyProvisionedDomain(placeOf('second'), { ...cache, provision }),
    ]);
    expect(await readdir(join(folder, 'first'))).toEqual(['name']);
    expect(await readdir(join(folder, 'second'))).toEqual(['name']);
    expect(await readdir(cache.directory)).toEqual([expect.stringMatching(/^domain-[0-9a-f]{64}$/u)]);
  });

  it('keeps nothing of a provisioning that failed', async () => {
    const provision = async ({ home }: ControllerPlace): Promise<void> => {
      await writeFile(join(home, 'half'), '');
      throw new Error('no space');
    };
    await expect(copyProvisionedDomain(placeOf('first'), { ...cache, provision })).rejects.toThrow(
      'no space',
    );
    expect(await readdir(cache.directory)).toEqual([]);
  });

  it('removes what is a day old when it provisions', async () => {
    await copyProvisionedDomain(placeOf('first'), cache);
    const [kept = ''] = await readdir(cache.directory);
    const old = join(cache.directory, 'domain-old');
    await writeFile(old, '');
    await utimes(old, 0, 0);
    await rm(join(cache.directory, kept), { recursive: true });
    await copyProvisionedDomain(placeOf('second'), cache);
    expect(await readdir(cache.directory)).toEqual([kept]);
  });
});

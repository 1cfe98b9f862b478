/** @needs domain: which domain is cached depends on Samba's version. */
import { EventEmitter, once } from 'node:events';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { copyProvisionedDomain, copyProvisionedPair, type DomainCache } from '../../../lab/directory/cache';
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
    // What it leaves in the first tells which two were made together.
    const joinSecond: DomainCache['joinSecond'] = async ({ first, second }) => {
      made.push(second.home);
      await mkdir(second.home);
      for (const { home } of [first, second]) await writeFile(join(home, 'joined'), `${made.length}`);
    };
    cache = { directory: join(folder, 'cache'), provision, joinSecond };
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
    for (const name of ['domain-old', 'pair-old', 'making-old']) {
      await writeFile(join(cache.directory, name), '');
      await utimes(join(cache.directory, name), 0, 0);
    }
    await rm(join(cache.directory, kept), { recursive: true });
    await copyProvisionedDomain(placeOf('second'), cache);
    expect(await readdir(cache.directory)).toEqual([kept]);
  });

  function pairOf(name: string): Parameters<typeof copyProvisionedPair>[0] {
    const place = (controller: string) => ({ ...placeOf(`${name}-${controller}`), name: controller });
    return { first: place('dc1'), second: place('dc2') };
  }

  it('keeps two controllers as one, joined once, beside the domain that they were made from', async () => {
    await copyProvisionedPair(pairOf('a'), cache);
    await copyProvisionedPair(pairOf('b'), cache);
    await copyProvisionedDomain(placeOf('alone'), cache);
    expect(made).toHaveLength(2);
    const joined = ['a-dc1', 'a-dc2', 'b-dc1', 'b-dc2'].map((name) => join(folder, name, 'joined'));
    expect(await Promise.all(joined.map((file) => readFile(file, 'utf8')))).toEqual(['2', '2', '2', '2']);
    expect(await readdir(join(folder, 'alone'))).toEqual(['name']);
    expect((await readdir(cache.directory)).toSorted()).toEqual([
      expect.stringMatching(/^domain-[0-9a-f]{64}$/u),
      expect.stringMatching(/^pair-[0-9a-f]{64}$/u),
    ]);
  });

  it('never keeps one of two whose joining failed', async () => {
    const joinSecond = () => Promise.reject(new Error('no site'));
    const failed = copyProvisionedPair(pairOf('a'), { ...cache, joinSecond });
    await expect(failed).rejects.toThrow('no site');
    expect(await readdir(cache.directory)).toEqual([expect.stringMatching(/^domain-/u)]);
  });

  it('leaves what others may be copying, however old, when a pair is made from it', async () => {
    await copyProvisionedDomain(placeOf('first'), cache);
    const [kept = ''] = await readdir(cache.directory);
    await utimes(join(cache.directory, kept), 0, 0);
    await copyProvisionedPair(pairOf('a'), cache);
    expect(await readdir(cache.directory)).toContain(kept);
    expect(made).toHaveLength(2);
  });
});

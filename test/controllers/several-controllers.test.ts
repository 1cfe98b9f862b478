import { readFileSync } from 'node:fs';

import { editDelegation } from '../../lab/directory/delegation';
import type { Domain, DomainAccess } from '../../lab/directory/domain';
import { createOrganisation, type Organisation } from '../../lab/directory/organisation';
import { replicate, seenAt } from '../../lab/directory/several-controllers';
import { waitFor } from '../../lab/wait-for';
import type { Directory } from '../../src/core/ports';
import { openLdapDirectory } from '../../src/jobs/directory/ldap-directory';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { pairStartMs, startPair, type OwnDomain } from '../support/domain';
import { observePair } from '../support/pair-observation';
import { findHost, type ReplicatedHost } from './replicated-host';

const toSecond = { from: 'dc1', to: 'dc2' } as const;
const toFirst = { from: 'dc2', to: 'dc1' } as const;

let pair: OwnDomain;
let domain: Domain;
/** What somebody sees and edits who works on dc2. */
let second: DomainAccess;
let organisation: Organisation;
let directory: Directory;
/** A host of its own for each test; the names say nothing. */
const names = Array.from({ length: 12 }, (_, index) => `hv${index}`);
let unused: string[];

beforeAll(async () => {
  pair = await startPair();
  domain = pair.domain;
  second = seenAt(domain, 'dc2');
  organisation = await createOrganisation(domain, {
    name: 'several',
    hosts: names.map((name) => ({ name })),
  });
  unused = [...names];
  await replicate(domain, toSecond);
}, pairStartMs);
afterAll(() => pair.stop());

beforeEach(() => {
  directory = openPair();
});
afterEach(() => directory.close());

function openPair(deadlines = {}): Directory {
  const { directories, caFile, service, baseDn, searchBases } = domain;
  return openLdapDirectory({
    servers: directories,
    ca: readFileSync(caFile, 'utf8'),
    bindDn: service.dn,
    password: service.password,
    baseDn,
    searchBases,
    clock: systemClock,
    deadlines,
  });
}

function newHost(): Promise<ReplicatedHost> {
  const { name } = organisation.host(unused.pop() ?? 'none left');
  return findHost(directory, name);
}

async function replicateBothWays(): Promise<void> {
  await replicate(domain, toSecond);
  await replicate(domain, toFirst);
}

/** Of two changes the one with the higher version stays, then the later one (MS-DRSR 5.11); their times are whole seconds. */
async function nextSecond(): Promise<void> {
  const second = () => Math.floor(Date.now() / 1_000);
  const now = second();
  await waitFor('the next second', () => Promise.resolve(second() > now || undefined));
}

describe('what was written on the first', () => {
  it('is seen everywhere once it has replicated, and not before', async () => {
    const host = await newHost();
    expect(directory.server).toBe('dc1');
    expect(await host.change({ add: ['cifs/a'] })).toBe('changed');
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: [] });
    await replicate(domain, toSecond);
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: ['cifs/a'] });
    expect(await host.change({ remove: ['cifs/a'], add: ['cifs/b'] })).toBe('changed');
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/b'], dc2: ['cifs/a'] });
    await replicate(domain, toSecond);
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/b'], dc2: ['cifs/b'] });
  });

  it('is nothing where the object itself has not arrived', async () => {
    const hosts = [{ name: 'fresh', delegatesTo: ['cifs/x'] }];
    const { name } = (await createOrganisation(domain, { name: 'fresh', hosts })).host('fresh');
    const asked = { kind: 'short', text: name } as const;
    const { source } = await observePair(directory, { source: asked, destination: asked, services: [] });
    const readings = await directory.readEverywhere(source[0]?.guid ?? '');
    expect(readings).toEqual([
      { server: 'dc1', seen: { values: ['cifs/x'], control: 0x100_1000 } },
      { server: 'dc2', seen: 'absent' },
    ]);
  });
});

describe('two writers: why Handover has one', () => {
  it('the attribute replicates as a whole, and the later write is all that is left', async () => {
    const host = await newHost();
    await host.change({ add: ['cifs/A'] });
    await nextSecond();
    await editDelegation(second, host.name, { add: ['cifs/B'] });
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/A'], dc2: ['cifs/B'] });
    await replicateBothWays();
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/B'], dc2: ['cifs/B'] });
  });

  it('the side with more writes wins, even over a later one', async () => {
    const host = await newHost();
    await host.change({ add: ['cifs/A1'] });
    await host.change({ add: ['cifs/A2'] });
    await nextSecond();
    await editDelegation(second, host.name, { add: ['cifs/B'] });
    await replicateBothWays();
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/A1', 'cifs/A2'], dc2: ['cifs/A1', 'cifs/A2'] });
  });

  it('an edit on the second before replication takes what was added away, and it can be added again', async () => {
    const host = await newHost();
    await editDelegation(domain, host.name, { add: ['cifs/theirs'] });
    await replicate(domain, toSecond);
    expect(await host.change({ add: ['cifs/ours'] })).toBe('changed');
    await editDelegation(second, host.name, { add: ['cifs/more'] });
    await editDelegation(second, host.name, { delete: ['cifs/theirs'] });
    // Proved on the writer, and lost all the same.
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/ours', 'cifs/theirs'], dc2: ['cifs/more'] });
    await replicateBothWays();
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/more'], dc2: ['cifs/more'] });
    expect(await host.change({ add: ['cifs/ours'] })).toBe('changed');
    await replicateBothWays();
    const both = ['cifs/more', 'cifs/ours'];
    expect(await host.everywhere()).toEqual({ dc1: both, dc2: both });
  });

  it('an edit on the second before replication brings back what was removed', async () => {
    const host = await newHost();
    await host.change({ add: ['cifs/ours'] });
    await replicate(domain, toSecond);
    expect(await host.change({ remove: ['cifs/ours'] })).toBe('changed');
    await nextSecond();
    await editDelegation(second, host.name, { add: ['cifs/theirs'] });
    await replicateBothWays();
    const both = ['cifs/ours', 'cifs/theirs'];
    expect(await host.everywhere()).toEqual({ dc1: both, dc2: both });
    expect(await host.change({ remove: ['cifs/ours'] })).toBe('changed');
  });
});

describe('a controller that does not answer', () => {
  const running = (pid = 0) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('is silent when it is stopped, the other is read, and it is read again when it is back', async () => {
    const host = await newHost();
    await host.change({ add: ['cifs/a'] });
    await replicate(domain, toSecond);
    const [pid] = domain.pids;
    expect(running(pid)).toBe(true);
    await domain.stopController('dc1');
    expect(running(pid)).toBe(false);
    expect(await host.everywhere()).toEqual({ dc1: 'silent', dc2: ['cifs/a'] });
    // The adapter has one writer and does not change it by itself.
    const gone = { code: 'directory.unreachable', retry: 'later' };
    await expect(host.change({ add: ['cifs/b'] })).rejects.toMatchObject(gone);
    await expect(directory.read(host.guid)).rejects.toMatchObject(gone);
    await domain.startController('dc1');
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: ['cifs/a'] });
    expect(await host.change({ add: ['cifs/b'] })).toBe('changed');
  });

  it('is silent when it hangs, at its deadline, and does not keep the other from being read', async () => {
    const host = await newHost();
    await host.change({ add: ['cifs/a'] });
    await replicate(domain, toSecond);
    const hasty = openPair({ everywhereMs: 2_000 });
    const [pid = 0] = domain.pids;
    process.kill(pid, 'SIGSTOP');
    try {
      expect(await host.everywhere(hasty)).toEqual({ dc1: 'silent', dc2: ['cifs/a'] });
    } finally {
      process.kill(pid, 'SIGCONT');
      await hasty.close();
    }
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: ['cifs/a'] });
  });

  it('may be the second, in a crash, and the writer writes on', async () => {
    const host = await newHost();
    const [, pid = 0] = domain.pids;
    process.kill(pid, 'SIGKILL');
    await waitFor('the end of dc2', () => Promise.resolve(domain.pids.length === 1 || undefined));
    expect(await host.change({ add: ['cifs/a'] })).toBe('changed');
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: 'silent' });
    await domain.startController('dc2');
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: [] });
    await replicate(domain, toSecond);
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: ['cifs/a'] });
  });
});

describe('the alternate', () => {
  const alternate = (): Directory => {
    const [only] = directory.alternates;
    if (!only) throw new Error('There is no alternate');
    return only;
  };

  it('is the second, and sees what is there and not what the writer has', async () => {
    const host = await newHost();
    await host.change({ add: ['cifs/a'] });
    expect(alternate().server).toBe('dc2');
    expect((await alternate().read(host.guid))?.allowedToDelegateTo).toEqual([]);
    const question = { sources: [{ kind: 'guid', text: host.guid }], destinations: [], all: false } as const;
    const seen = await alternate().observe({ ...question, delegating: true, services: [] });
    expect(seen.server).toBe('dc2');
    expect(seen.hosts[0]?.found[0]?.allowedToDelegateTo).toEqual([]);
    expect(seen.delegating.map(({ guid }) => guid)).not.toContain(host.guid);
    expect((await alternate().survey()).server).toBe('dc2');
    await replicate(domain, toSecond);
    expect((await alternate().read(host.guid))?.allowedToDelegateTo).toEqual(['cifs/a']);
  });

  it('takes over while the writer is stopped, and what it wrote comes back by replication', async () => {
    const host = await newHost();
    await host.change({ add: ['cifs/a'] });
    await replicate(domain, toSecond);
    await domain.stopController('dc1');
    expect(await host.change({ add: ['cifs/b'] }, alternate())).toBe('changed');
    expect(await host.everywhere(alternate())).toEqual({ dc1: 'silent', dc2: ['cifs/a', 'cifs/b'] });
    await domain.startController('dc1');
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a'], dc2: ['cifs/a', 'cifs/b'] });
    await replicate(domain, toFirst);
    expect(await host.everywhere()).toEqual({ dc1: ['cifs/a', 'cifs/b'], dc2: ['cifs/a', 'cifs/b'] });
  });
});

import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import { readDelegation } from '../../../lab/directory/delegation';
import { waitFor } from '../../../lab/wait-for';
import type { Directory, Modification } from '../../../src/core/ports';
import type { Fault } from '../../../src/core/problem';
import type { LdapDirectoryOptions } from '../../../src/jobs/directory/ldap-directory';
import { openSession } from '../../../src/jobs/directory/ldap-session';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { testDomain } from '../../support/domain';
import { behind, ldapOptions, openTestDirectory } from '../../support/ldap-directory';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy';

const domain = testDomain();
const { hostname } = new URL(domain.url);
const deadlines = { connectMs: 2_000, readMs: 800, writeMs: 800, everywhereMs: 800 };

let organisation: Organisation;
let guid: string;
let proxy: TcpProxy;
let directory: Directory;
let count = 0;

const startProxy = () => startTcpProxy({ host: hostname, port: 636 });
const reopen = async (otherwise: Partial<LdapDirectoryOptions> = {}) => {
  await directory.close();
  directory = openTestDirectory({ servers: [behind(proxy)], deadlines, ...otherwise });
};
const values = async () => (await directory.read(guid))?.allowedToDelegateTo ?? [];
const stored = () => readDelegation(domain, organisation.host('hv01').name);
const newChange = (): Modification => {
  count += 1;
  const { dn } = organisation.host('hv01');
  return { guid, dn, attribute: 'msDS-AllowedToDelegateTo', add: [`cifs/value-${count}`], remove: [] };
};

beforeAll(async () => {
  organisation = await createOrganisation(domain, { name: 'connection', hosts: [{ name: 'hv01' }] });
  const { name } = organisation.host('hv01');
  const whole = openTestDirectory();
  const asked = { kind: 'short', text: name } as const;
  const { source } = await whole.observe({ source: asked, destination: asked, services: ['cifs'] });
  guid = source[0]?.guid ?? '';
  await whole.close();
});

afterAll(() => deleteOrganisation(domain, organisation));

beforeEach(async () => {
  proxy = await startProxy();
  directory = openTestDirectory({ servers: [behind(proxy)], deadlines });
});

afterEach(async () => {
  proxy.resume();
  await directory.close();
  await proxy.close();
});

describe('one session for all', () => {
  it('serves twenty first calls with one connection and one bind', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => directory.read(guid)));
    expect(new Set(answers.map((answer) => answer?.guid))).toEqual(new Set([guid]));
    expect(proxy.connections()).toBe(1);
  });

  it('serves twenty calls after a drop with one more', async () => {
    await values();
    await proxy.cut();
    const answers = await Promise.all(Array.from({ length: 20 }, () => directory.read(guid)));
    expect(new Set(answers.map((answer) => answer?.guid))).toEqual(new Set([guid]));
    expect(proxy.connections()).toBe(2);
  });

  it('is bound again after a drop: it may write, which nobody may', async () => {
    await values();
    await proxy.cut();
    const change = newChange();
    expect(await directory.modify(change)).toBe('changed');
    expect(await stored()).toEqual(expect.arrayContaining([...change.add]));
    expect(proxy.connections()).toBe(2);
  });

  it('ends with the session: what is left of it neither connects anew nor sends', async () => {
    const options = ldapOptions();
    const session = await openSession(behind(proxy), options).session;
    await proxy.cut();
    expect(session.isBound()).toBe(false);
    const gone = { code: 'directory.unreachable', retry: 'later' };
    await expect(session.lookUp(domain.baseDn, {})).rejects.toMatchObject(gone);
    await expect(session.search(domain.baseDn, {})).rejects.toMatchObject(gone);
    await expect(session.modify(domain.baseDn, [], '')).rejects.toMatchObject(gone);
    expect(proxy.connections()).toBe(1);
  });
});

describe('a connection that breaks', () => {
  it('leaves a change unknown whose answer was lost, and reading shows that it was made', async () => {
    await values();
    proxy.dropReply();
    const change = newChange();
    const lost = { code: 'directory.answer-lost', retry: 'unknown' };
    await expect(directory.modify(change)).rejects.toMatchObject(lost);
    proxy.resume();
    expect(await values()).toEqual(expect.arrayContaining([...change.add]));
    expect(proxy.connections()).toBe(2);
    expect(await directory.modify(change)).toBe('conflict');
  });

  it('lets a read be asked again', async () => {
    await values();
    proxy.dropReply();
    await expect(values()).rejects.toMatchObject({ code: 'directory.unreachable', retry: 'later' });
    proxy.resume();
    expect(await values()).toEqual(await stored());
  });

  it('while it is being made is a matter of later', async () => {
    proxy.dropReply();
    await expect(directory.modify(newChange())).rejects.toMatchObject({ retry: 'later' });
    proxy.resume();
    expect(await directory.modify(newChange())).toBe('changed');
  });
});

describe('a server that is silent', () => {
  it('is given up after the deadline, and the next call connects and binds anew', async () => {
    await values();
    proxy.stall();
    const begun = performance.now();
    await expect(values()).rejects.toMatchObject({ code: 'directory.no-answer', retry: 'later' });
    expect(performance.now() - begun).toBeLessThan(deadlines.readMs + 2_000);
    proxy.resume();
    expect(await values()).toEqual(await stored());
    expect(proxy.connections()).toBe(2);
  });

  it('leaves a change unknown', async () => {
    await values();
    proxy.stall();
    const lost = { code: 'directory.answer-lost', retry: 'unknown' };
    await expect(directory.modify(newChange())).rejects.toMatchObject(lost);
  });

  it('is given up by all when it is by one: nobody waits on a session that has been ended', async () => {
    await reopen({ deadlines: { ...deadlines, readMs: 60_000 } });
    await values();
    proxy.stall();
    const ended = await Promise.allSettled([values(), directory.modify(newChange()), values()]);
    const faults = ended.map((one) => (one.status === 'rejected' ? (one.reason as Fault).retry : 'none'));
    expect(faults).toEqual(['later', 'unknown', 'later']);
  });

  it('when connecting costs a change its time, and it is not sent when the connection comes at last', async () => {
    proxy.stall();
    const change = newChange();
    const first = directory.modify(change);
    await expect(first).rejects.toMatchObject({ code: 'directory.no-answer', retry: 'later' });
    proxy.resume();
    expect(await values()).not.toEqual(expect.arrayContaining([...change.add]));
    expect(proxy.connections()).toBe(1);
  });

  it('while connecting is given up for all who wait, and the next call makes another attempt', async () => {
    await reopen({ deadlines: { ...deadlines, connectMs: 500, readMs: 60_000 } });
    proxy.stall();
    const waiting = await Promise.allSettled([values(), values(), values()]);
    const reason: unknown = expect.objectContaining({ code: 'directory.no-answer', retry: 'later' });
    expect(waiting).toEqual(Array(3).fill({ status: 'rejected', reason }));
    proxy.resume();
    expect(await values()).toEqual(await stored());
    expect(proxy.connections()).toBe(2);
  });

  it('does not keep the process from ending', async () => {
    await reopen({ deadlines: { connectMs: 60_000, readMs: 60_000 } });
    proxy.stall();
    const reading = directory.read(guid);
    await waitFor('a connection', () => Promise.resolve(proxy.connections() > 0 || undefined));
    await directory.close();
    await expect(reading).rejects.toMatchObject({ retry: 'later' });
    await expect(directory.read(guid)).rejects.toMatchObject({ retry: 'later' });
  });
});

it('sends no change when the process was paused until its time was over', async () => {
  // As after SIGSTOP: the clock has jumped by the time that the connection is there.
  const clock = {
    ...systemClock,
    monotonic: () => systemClock.monotonic() + (proxy.connections() > 0 ? 60_000 : 0),
  };
  await reopen({ clock });
  const change = newChange();
  await expect(directory.modify(change)).rejects.toMatchObject({
    code: 'directory.no-answer',
    retry: 'later',
  });
  expect(await stored()).not.toEqual(expect.arrayContaining([...change.add]));
});

describe('reading everywhere', () => {
  it('asks each server on its own, and waits for none longer than its time', async () => {
    const second = await startProxy();
    const third = { ...behind(proxy, 'dc3'), tlsName: 'dc3.mabofeng.com' };
    await reopen({ servers: [behind(proxy), behind(second, 'dc2'), third] });
    const change = newChange();
    await directory.modify(change);
    const list = await stored();
    const all = await directory.readEverywhere(guid);
    expect(all.map((reading) => [reading.server, reading.values?.toSorted() ?? null])).toEqual([
      ['dc1', list.toSorted()],
      ['dc2', list.toSorted()],
      ['dc3', null],
    ]);
    second.stall();
    const begun = performance.now();
    const some = await directory.readEverywhere(guid);
    expect(performance.now() - begun).toBeLessThan(deadlines.everywhereMs + 2_000);
    expect(some.map((reading) => reading.values !== null)).toEqual([true, false, false]);
    second.resume();
    expect((await directory.readEverywhere(guid))[1]?.values).not.toBeNull();
    await second.close();
  });
});

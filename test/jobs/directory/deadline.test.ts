import { waitFor } from '../../../lab/wait-for';
import type { Fault } from '../../../src/core/problem';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { behind } from '../../support/ldap-directory';
import { anotherProxy, deadlines, setUpWay } from '../../support/way';

const way = setUpWay();

describe('a server that is silent', () => {
  it('is given up after the deadline, and the next call connects and binds anew', async () => {
    await way.values();
    way.proxy.stall();
    const begun = performance.now();
    await expect(way.values()).rejects.toMatchObject({ code: 'directory.no-answer', retry: 'later' });
    expect(performance.now() - begun).toBeLessThan(deadlines.readMs + 2_000);
    way.proxy.resume();
    expect(await way.values()).toEqual(await way.stored());
    expect(way.proxy.connections()).toBe(2);
  });

  it('leaves a change unknown', async () => {
    await way.values();
    way.proxy.stall();
    const lost = { code: 'directory.answer-lost', retry: 'unknown' };
    await expect(way.directory.modify(way.newChange())).rejects.toMatchObject(lost);
  });

  it('is given up by all when it is by one: nobody waits on a session that has been ended', async () => {
    await way.reopen({ deadlines: { ...deadlines, readMs: 60_000 } });
    await way.values();
    way.proxy.stall();
    const ended = await Promise.allSettled([
      way.values(),
      way.directory.modify(way.newChange()),
      way.values(),
    ]);
    const faults = ended.map((one) => (one.status === 'rejected' ? (one.reason as Fault).retry : 'none'));
    expect(faults).toEqual(['later', 'unknown', 'later']);
  });

  it('when connecting costs a change its time, and it is not sent when the connection comes at last', async () => {
    way.proxy.stall();
    const change = way.newChange();
    const first = way.directory.modify(change);
    await expect(first).rejects.toMatchObject({ code: 'directory.no-answer', retry: 'later' });
    way.proxy.resume();
    expect(await way.values()).not.toEqual(expect.arrayContaining([...change.add]));
    expect(way.proxy.connections()).toBe(1);
  });

  it('while connecting is given up for all who wait, and the next call makes another attempt', async () => {
    await way.reopen({ deadlines: { ...deadlines, connectMs: 500, readMs: 60_000 } });
    way.proxy.stall();
    const waiting = await Promise.allSettled([way.values(), way.values(), way.values()]);
    const reason: unknown = expect.objectContaining({ code: 'directory.no-answer', retry: 'later' });
    expect(waiting).toEqual([1, 2, 3].map(() => ({ status: 'rejected', reason })));
    way.proxy.resume();
    expect(await way.values()).toEqual(await way.stored());
    expect(way.proxy.connections()).toBe(2);
  });

  it('does not keep the process from ending', async () => {
    await way.reopen({ deadlines: { connectMs: 60_000, readMs: 60_000 } });
    way.proxy.stall();
    const reading = way.directory.read(way.guid);
    await waitFor('a connection', () => Promise.resolve(way.proxy.connections() > 0 || undefined));
    await way.directory.close();
    await expect(reading).rejects.toMatchObject({ retry: 'later' });
    await expect(way.directory.read(way.guid)).rejects.toMatchObject({ retry: 'later' });
  });
});

it('sends no change when the process was paused until its time was over', async () => {
  // As after SIGSTOP: the clock has jumped by the time that the connection is there.
  const clock = {
    ...systemClock,
    monotonic: () => systemClock.monotonic() + (way.proxy.connections() > 0 ? 60_000 : 0),
  };
  await way.reopen({ clock });
  const change = way.newChange();
  await expect(way.directory.modify(change)).rejects.toMatchObject({
    code: 'directory.no-answer',
    retry: 'later',
  });
  expect(await way.stored()).not.toEqual(expect.arrayContaining([...change.add]));
});

describe('reading everywhere', () => {
  it('asks each server on its own, and waits for none longer than its time', async () => {
    const second = await anotherProxy();
    const third = { ...behind(way.proxy, 'dc3'), tlsName: 'dc3.mabofeng.com' };
    await way.reopen({ servers: [behind(way.proxy), behind(second, 'dc2'), third] });
    const change = way.newChange();
    await way.directory.modify(change);
    const seen = { values: await way.stored(), control: 0x100_1000 };
    expect(await way.directory.readEverywhere(way.guid)).toEqual([
      { server: 'dc1', seen },
      { server: 'dc2', seen },
      { server: 'dc3', seen: 'silent' },
    ]);
    second.stall();
    const begun = performance.now();
    const some = await way.directory.readEverywhere(way.guid);
    expect(performance.now() - begun).toBeLessThan(deadlines.everywhereMs + 2_000);
    expect(some.map((reading) => reading.seen)).toEqual([seen, 'silent', 'silent']);
    second.resume();
    expect((await way.directory.readEverywhere(way.guid))[1]?.seen).toEqual(seen);
    await second.close();
  });
});

describe('alternates', () => {
  it('have a connection each, which the first use opens, and closing the directory closes them', async () => {
    const second = await anotherProxy();
    await way.reopen({ servers: [behind(way.proxy), behind(second, 'dc2')] });
    const [alternate] = way.directory.alternates;
    expect(alternate?.server).toBe('dc2');
    expect(await alternate?.read(way.guid)).toMatchObject({ guid: way.guid });
    expect([way.proxy.connections(), second.connections()]).toEqual([0, 1]);
    await alternate?.close();
    expect(await alternate?.read(way.guid)).toMatchObject({ guid: way.guid });
    await way.values();
    expect([way.proxy.connections(), second.connections()]).toEqual([1, 1]);
    await way.directory.close();
    await expect(alternate?.read(way.guid)).rejects.toMatchObject({ retry: 'later' });
    await second.close();
  });

  it('leave a change unknown whose answer was lost, as the writer does', async () => {
    const second = await anotherProxy();
    await way.reopen({ servers: [behind(way.proxy), behind(second, 'dc2')] });
    const [alternate] = way.directory.alternates;
    await alternate?.read(way.guid);
    second.dropReply();
    const change = way.newChange();
    await expect(alternate?.modify(change)).rejects.toMatchObject({ retry: 'unknown' });
    expect(await way.values()).toEqual(expect.arrayContaining([...change.add]));
    await second.close();
  });
});

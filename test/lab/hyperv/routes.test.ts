import { Fabric } from '../../../lab/hyperv/fabric';
import { openFabricClock } from '../../../lab/hyperv/fabric-clock';
import { practiceFabric } from '../../../lab/hyperv/practice-fabric';
import { fabricRoutes } from '../../../lab/hyperv/routes';

const NOW = 1_764_000_000_000;

function stage() {
  let real = NOW;
  const clock = openFabricClock(100, () => real);
  const fabric = new Fabric({ ...practiceFabric(NOW), now: NOW }, () => Promise.resolve(true));
  const routes = fabricRoutes(fabric, clock, 'kdc');
  const call = async (route: string, body?: unknown) =>
    routes[route]?.({ query: new URLSearchParams(), body } as never);
  return {
    fabric,
    clock,
    look: () => call('GET /_lab/fabric'),
    act: (body: unknown) => call('POST /_lab/fabric', body),
    pass: (ms: number) => (real += ms),
  };
}

describe('the routes of the fabric', () => {
  it('show hosts with what is free, machines and moves, by the fabric’s clock', async () => {
    const { look, pass } = stage();
    pass(1_000);
    const seen = await look();
    expect(seen).toMatchObject({ ok: true, now: NOW + 100_000, timeScale: 100, moves: [] });
    const hosts = seen?.['hosts'] as { name: string; freeMemoryBytes: number }[];
    expect(hosts.map(({ name, freeMemoryBytes }) => [name, freeMemoryBytes / 1024 ** 3])).toEqual([
      ['hyper-v01', 28],
      ['hyper-v02', 36],
      ['hyper-v03', 46],
      ['hyper-v04', 40],
    ]);
  });

  it('let time pass faster or slower from then on, and never back', async () => {
    const { look, act, pass } = stage();
    pass(1_000);
    expect(await act({ action: 'time-scale', scale: 2 })).toEqual({ ok: true });
    pass(1_000);
    expect(await look()).toMatchObject({ now: NOW + 102_000, timeScale: 2 });
    expect(await act({ action: 'time-scale', scale: 0.5 })).toMatchObject({ error: 'invalid_arguments' });
  });

  it('take the worker’s right to purge at a host, and give it back', async () => {
    const { fabric, act } = stage();
    expect(await act({ action: 'purge-right', host: 'hyper-v01', isGiven: false })).toEqual({ ok: true });
    expect(fabric.denials.isPurgeLet('hyper-v01')).toBe(false);
    expect(fabric.denials.isPurgeLet('hyper-v02')).toBe(true);
    expect(await act({ action: 'purge-right', host: 'hyper-v01', isGiven: true })).toEqual({ ok: true });
    expect(fabric.denials.isPurgeLet('hyper-v01')).toBe(true);
    expect(await act({ action: 'purge-right', host: 'nobody', isGiven: true })).toMatchObject({
      error: 'not_found',
    });
  });

  it('break a move, and say when there is none', async () => {
    const { fabric, clock, act, look } = stage();
    expect(await act({ action: 'fail', vm: 'web-01' })).toMatchObject({ ok: false, error: 'not_found' });
    const machine = fabric.at(clock.now()).machines.find(({ name }) => name === 'web-01')?.id ?? '';
    await fabric.start({ id: 'm1', machine, to: 'hyper-v02', storage: null, isLocal: false }, clock.now());
    expect(await act({ action: 'fail', vm: 'web-01' })).toEqual({ ok: true });
    expect(await look()).toMatchObject({ moves: [{ state: 'failed', error: { code: '21502' } }] });
  });

  it('take a host down and bring it back, unhealthy if that is wanted', async () => {
    const { act, look, pass } = stage();
    await act({ action: 'down', host: 'hyper-v02' });
    pass(600);
    await act({ action: 'up', host: 'hyper-v02', vmms: 'stopped' });
    const hosts = (await look())?.['hosts'] as { name: string }[];
    expect(hosts.find(({ name }) => name === 'hyper-v02')).toMatchObject({
      isUp: true,
      bootedAt: NOW + 60_000,
      vmms: 'stopped',
    });
    expect(await act({ action: 'purge', host: 'nobody' })).toMatchObject({ error: 'not_found' });
    expect(await act({ action: 'sing' })).toMatchObject({ error: 'invalid_arguments' });
  });

  it('let moves go wrong, add a machine whose moves always do, and remove what is left', async () => {
    const { fabric, clock, act, look, pass } = stage();
    expect(await act({ action: 'spoil', vm: 'web-09', fault: 'hangs' })).toMatchObject({
      error: 'not_found',
    });
    expect(await act({ action: 'spoil', vm: 'web-01', fault: 'sings' })).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await act({ action: 'spoil', vm: 'web-01', fault: 'halfway' })).toEqual({ ok: true });
    const added = await act({ action: 'add', vm: 'both-01', host: 'hyper-v01' });
    const start = (machine: string) =>
      fabric.start({ id: machine, machine, to: 'hyper-v02', storage: null, isLocal: false }, clock.now());
    const first = fabric.at(clock.now()).machines[0]?.id ?? '';
    await start(first);
    await start(String(added?.['id']));
    pass(60_000);
    const [one, other] = [
      { state: 'failed', fault: 'halfway' },
      { state: 'failed', fault: 'both-sides' },
    ];
    expect(await look()).toMatchObject({ moves: [one, other], copies: [{ host: 'hyper-v02' }] });
    expect(await act({ action: 'remove-copy', vm: 'both-01', host: 'hyper-v02' })).toEqual({ ok: true });
    expect(await look()).toMatchObject({ copies: [] });
  });

  it('add a machine as large as is said, on a disk of its host if that is said', async () => {
    const { act, look } = stage();
    const wish = { action: 'add', host: 'hyper-v01', memoryGigabytes: 2, passThrough: 'PhysicalDrive2' };
    expect(await act({ ...wish, vm: 'sql-08' })).toMatchObject({ ok: true });
    const machines = (await look())?.['machines'] as { name: string }[];
    expect(machines.find(({ name }) => name === 'sql-08')).toMatchObject({
      memory: { startupBytes: 2 * 1024 ** 3, assignedBytes: 2 * 1024 ** 3 },
      disks: [{ path: 'PhysicalDrive2', kind: 'pass-through' }],
    });
  });
});

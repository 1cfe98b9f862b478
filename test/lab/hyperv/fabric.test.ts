import { DENIAL_MS } from '../../../lab/hyperv/denials';
import { GB, type FabricHost, type FabricMachine } from '../../../lab/hyperv/model';
import { fabricOf, host, machine, NOW, order } from './small-fabric';

describe('a live migration', () => {
  it('takes its memory and what changes meanwhile over the link, and then the machine is there', async () => {
    const fabric = fabricOf([machine('web')]);
    expect(await fabric.start(order('web'), NOW)).toMatchObject({ kind: 'live', totalBytes: 6 * GB });
    expect(fabric.at(NOW + 3_000).moves[0]).toMatchObject({ state: 'running', leftBytes: 3 * GB });
    expect(fabric.at(NOW + 3_000).machines[0]?.host).toBe('hyper-v01');
    const { moves, machines } = fabric.at(NOW + 60_000);
    expect(moves[0]).toMatchObject({ state: 'done', endedAt: NOW + 6_000 });
    expect(machines[0]?.host).toBe('hyper-v02');
  });

  it('is the third at a limit of two: 21501', async () => {
    const fabric = fabricOf(['a', 'b', 'c'].map((id) => machine(id)));
    await fabric.start(order('a'), NOW);
    await fabric.start(order('b'), NOW);
    expect(await fabric.start(order('c'), NOW)).toMatchObject({ code: '21501' });
    expect(await fabric.start(order('c'), NOW + 60_000)).toMatchObject({ state: 'running' });
  });

  it('is one at a time for a machine, however slow the KDC is', async () => {
    const fabric = fabricOf([machine('web')]);
    const [first, second] = await Promise.all([
      fabric.start(order('web'), NOW),
      fabric.start(order('web', { id: 'again' }), NOW),
    ]);
    expect(first).toMatchObject({ state: 'running' });
    expect(second).toMatchObject({ code: '32775' });
    expect(fabric.at(NOW + 60_000).moves).toHaveLength(1);
    expect(await fabric.start(order('web'), NOW + 60_000)).toMatchObject({ code: '32775' });
  });

  it('leaves the machine where it was when it is broken', async () => {
    const fabric = fabricOf([machine('web')]);
    await fabric.start(order('web'), NOW);
    fabric.fail('move-web', NOW + 3_000);
    const { moves, machines } = fabric.at(NOW + 60_000);
    expect(moves[0]).toMatchObject({ state: 'failed', error: { code: '21502' } });
    expect(machines[0]?.host).toBe('hyper-v01');
  });
});

describe('authentication', () => {
  it('fails without delegation, and goes on failing for 15 minutes after it is there, unless it is purged', async () => {
    let isDelegated = false;
    const asked: string[] = [];
    const fabric = fabricOf([machine('web')], {
      ask: ({ controller, source, destination, service }) => {
        asked.push(`${controller}: ${source} → ${service}/${destination}`);
        return Promise.resolve(isDelegated);
      },
    });
    expect(await fabric.compare(order('web'), NOW)).toMatchObject([{ code: '0x8009030E' }]);
    expect(asked).toEqual(['dc1: hyper-v01 → cifs/hyper-v02']);
    isDelegated = true;
    expect(await fabric.compare(order('web'), NOW + DENIAL_MS - 1)).toMatchObject([{ code: '0x8009030E' }]);
    expect(asked).toHaveLength(1);
    fabric.denials.purge('hyper-v01');
    expect(await fabric.compare(order('web'), NOW + DENIAL_MS - 1)).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['from elsewhere', { isLocal: false }, {}, '0x8009030E'],
    ['with Credential Guard', { isLocal: true }, { credentialGuard: true }, '0x8009030E'],
    ['at the source', { isLocal: true }, {}, undefined],
  ])('by CredSSP %s', async (_, how, source, code) => {
    const migration = { ...host('x').migration, auth: 'credssp' as const };
    const fabric = fabricOf([machine('web')], { source: { ...source, migration }, target: { migration } });
    expect((await fabric.compare(order('web', how), NOW))[0]?.code).toBe(code);
  });

  it('needs the same kind at both ends', async () => {
    const migration = { ...host('x').migration, auth: 'credssp' as const };
    const fabric = fabricOf([machine('web')], { target: { migration } });
    expect(await fabric.compare(order('web'), NOW)).toMatchObject([{ code: '0x8009030D' }]);
  });
});

describe('what a host cannot take', () => {
  it.each<[string, Partial<FabricMachine>, Partial<FabricHost>, string]>([
    ['another vendor’s processor', {}, { vendor: 'amd' }, '24004'],
    ['a version it does not know', { version: '12.0' }, {}, '10698'],
    ['a switch it does not have', { switch: 'DMZ' }, {}, '33012'],
    ['an ISO', { iso: 'C:\\setup.iso' }, {}, '0xC03A0014'],
    ['a disk of the host', { disks: [{ path: '2', bytes: 1, kind: 'pass-through' }] }, {}, '32788'],
    ['more memory than is free', {}, { memoryBytes: 6 * GB }, '0x8007000E'],
    ['anything while it does not listen', {}, { vmms: 'stopped' }, '0x8007274D'],
  ])('%s', async (_, change, target, code) => {
    const fabric = fabricOf([machine('web', change)], { target });
    expect((await fabric.compare(order('web'), NOW)).map((error) => error.code)).toEqual([code]);
  });

  it('disks that do not fit, and only when they go along', async () => {
    const disks = [{ path: 'D:\\web.vhdx', bytes: 3_000 * GB, kind: 'local' as const }];
    const fabric = fabricOf([machine('web', { disks })]);
    expect(await fabric.compare(order('web'), NOW)).toEqual([]);
    const errors = await fabric.compare(order('web', { storage: { path: 'D:\\Hyper-V', only: null } }), NOW);
    expect(errors).toMatchObject([{ code: '0x80070070' }]);
  });

  it('a machine that is off moves cold, whatever the processor and the memory', async () => {
    const fabric = fabricOf([machine('web', { state: 'off' })], {
      target: { vendor: 'amd', memoryBytes: 5 * GB },
    });
    expect(await fabric.start(order('web'), NOW)).toMatchObject({ kind: 'cold' });
  });
});

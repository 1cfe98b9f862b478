import { waitFor } from '../../lab/wait-for';
import { isAtLimit } from '../../src/core/hyperv/limits';
import { whereIs } from '../../src/core/hyperv/where-is';
import { machineOn, movesAt, orderOf, whenOver, type HyperVStage } from './hyperv-stage';

const GB = 1024 ** 3;
const here = { from: 'hyper-v03', to: 'hyper-v03', storage: 'E:\\VMs' };

/** Moves of files: within a host, and along with the machine. */
export function storageMoves(stage: () => HyperVStage): void {
  describe('a move of storage within a host', () => {
    const free = async () => {
      const [reading] = await stage().hyperV.inventory(['hyper-v03']);
      return reading?.facts?.disks.map(({ path, free: bytes }) => [path, bytes / GB]);
    };

    it('puts the files below the path, and the machine stays where it runs', async () => {
      const order = await orderOf(stage(), 'log-01', here);
      expect(await free()).toEqual([
        ['D:\\', 1_996],
        ['E:\\', 950],
      ]);
      expect(await stage().hyperV.compare(order)).toEqual([]);
      expect(await stage().hyperV.start(order)).toBe('begun');
      const end = { machine: order.machine, from: 'hyper-v03', to: 'hyper-v03', state: 'done', percent: 100 };
      expect(await whenOver(stage(), 'hyper-v03')).toMatchObject(end);
      const disk = { path: 'E:\\VMs\\Virtual Hard Disks\\log-01.vhdx', bytes: 2 * GB, kind: 'local' };
      const machine = { id: order.machine, state: 'running', heartbeat: 'ok', isBusy: false, disks: [disk] };
      expect(await machineOn(stage(), 'hyper-v03', 'log-01')).toMatchObject(machine);
      expect(await free()).toEqual([
        ['D:\\', 1_998],
        ['E:\\', 948],
      ]);
    });

    it('takes files from a share too, and needs no delegation', async () => {
      stage().grant(false);
      const order = await orderOf(stage(), 'mix-01', here);
      expect(await stage().hyperV.start(order)).toBe('begun');
      await whenOver(stage(), 'hyper-v03');
      const { disks } = (await machineOn(stage(), 'hyper-v03', 'mix-01')) ?? {};
      expect(disks?.map(({ path, kind }) => [path, kind])).toEqual([
        ['E:\\VMs\\Virtual Hard Disks\\mix-01.vhdx', 'local'],
        ['E:\\VMs\\Virtual Hard Disks\\mix-01-data.vhdx', 'local'],
      ]);
    });

    it('is refused where nothing holds the path, and where it does not fit', async () => {
      const nowhere = await orderOf(stage(), 'log-01', { ...here, storage: 'Q:\\VMs' });
      expect(await stage().hyperV.compare(nowhere)).toMatchObject([{ code: '0x80070003' }]);
      expect(await stage().hyperV.start(nowhere)).toMatchObject({ code: '0x80070003' });
      const large = await orderOf(stage(), 'file-01', here);
      expect(await stage().hyperV.compare(large)).toMatchObject([{ code: '0x80070070' }]);
      expect(await stage().hyperV.start(large)).toMatchObject({ code: '0x80070070' });
      expect(await movesAt(stage(), 'hyper-v03')).toEqual([]);
    });

    it('is one too many at the host’s own limit, which counts no moves of machines', async () => {
      await stage().hyperV.configure('hyper-v03', { most: 1, mostStorage: 1 });
      const [log, mix] = [await orderOf(stage(), 'log-01', here), await orderOf(stage(), 'mix-01', here)];
      stage().spoil(log.machine, 'hangs');
      expect(await stage().hyperV.start(log)).toBe('begun');
      const refused = await stage().hyperV.start(mix);
      expect(refused).toMatchObject({ message: expect.stringContaining("storage migration limit '1'") });
      expect(refused !== 'begun' && isAtLimit(refused)).toBe(true);
      expect(await machineOn(stage(), 'hyper-v03', 'log-01')).toMatchObject({ isBusy: true });
      const live = await orderOf(stage(), 'build-01', { from: 'hyper-v03', to: 'hyper-v04' });
      expect(await stage().hyperV.start(live)).toBe('begun');
    });

    it.each([
      ['hangs', { state: 'running', percent: 40, failure: null }, true],
      ['halfway', { state: 'failed', percent: 50, failure: { code: '0x80070037' } }, false],
      ['both-sides', { state: 'failed', failure: { code: '0x80070037' } }, false],
    ] as const)('that goes wrong (%s) leaves the files where they were', async (fault, expected, isBusy) => {
      const order = await orderOf(stage(), 'log-01', here);
      stage().spoil(order.machine, fault);
      expect(await stage().hyperV.start(order)).toBe('begun');
      await waitFor('it to come as far as it gets', async () =>
        (await movesAt(stage(), 'hyper-v03')).find(({ percent }) => percent >= 40),
      );
      if (!isBusy) await whenOver(stage(), 'hyper-v03');
      const [move, ...more] = await movesAt(stage(), 'hyper-v03');
      expect(move).toMatchObject({ machine: order.machine, from: 'hyper-v03', to: 'hyper-v03', ...expected });
      expect(more).toEqual([]);
      const disks = [{ path: 'D:\\Hyper-V\\log-01.vhdx' }];
      const found = whereIs(order.machine, await stage().hyperV.inventory(['hyper-v03', 'hyper-v04']));
      const reading = { state: 'running', heartbeat: 'ok', disks, isBusy };
      expect(found).toMatchObject({ where: 'here', host: 'hyper-v03', copies: [], reading });
    });

    it('is none without a path', async () => {
      const order = await orderOf(stage(), 'log-01', { ...here, storage: null });
      await expect(stage().hyperV.compare(order)).rejects.toMatchObject({ code: 'hyperv.no-path' });
      await expect(stage().hyperV.start(order)).rejects.toMatchObject({ code: 'hyperv.no-path' });
    });
  });

  describe('a machine that moves with its disks', () => {
    it('leaves on the share what is there', async () => {
      const order = await orderOf(stage(), 'mix-01', { ...here, to: 'hyper-v04' });
      expect(await stage().hyperV.compare(order)).toEqual([]);
      expect(await stage().hyperV.start(order)).toBe('begun');
      await whenOver(stage(), 'hyper-v03');
      const { disks } = (await machineOn(stage(), 'hyper-v04', 'mix-01')) ?? {};
      expect(disks?.map(({ path, kind }) => [path, kind])).toEqual([
        ['E:\\VMs\\Virtual Hard Disks\\mix-01.vhdx', 'local'],
        ['\\\\files01\\vms\\mix-01-data.vhdx', 'smb'],
      ]);
    });

    it('needs the path at the destination', async () => {
      const order = await orderOf(stage(), 'log-01', { ...here, to: 'hyper-v04', storage: 'Q:\\VMs' });
      expect(await stage().hyperV.compare(order)).toMatchObject([{ code: '20413' }]);
    });
  });
}

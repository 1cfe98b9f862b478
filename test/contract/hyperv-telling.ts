import { waitFor } from '../../lab/wait-for';
import type { MachineOrder, MachineReading, WindowsFailure } from '../../src/core/hyperv-port';
import { machineOn, type HyperVStage } from './hyperv-stage';

/** What is told of machines that their host is told to do something with. */
export function toldMachines(stage: () => HyperVStage): void {
  describe('a machine that its host is told of', () => {
    const tell = async (
      host: string,
      named: string,
      what: MachineOrder['what'],
    ): Promise<'told' | WindowsFailure> => {
      const machine = (await machineOn(stage(), host, named))?.id ?? '';
      return stage().hyperV.tell({ machine, host, what });
    };
    const until = (host: string, named: string, state: MachineReading['state']): Promise<MachineReading> =>
      waitFor(`${named} to be ${state}`, async () => {
        const seen = await machineOn(stage(), host, named);
        return seen?.state === state ? seen : undefined;
      });

    it('has nothing in its drive any more, and runs on', async () => {
      expect(await tell('hyper-v02', 'app-02', 'eject')).toBe('told');
      expect(await machineOn(stage(), 'hyper-v02', 'app-02')).toMatchObject({ dvd: null, state: 'running' });
      // There is nothing to take out a second time.
      expect(await tell('hyper-v02', 'app-02', 'eject')).toBe('told');
    });

    it('shuts down by its guest, moves cold, and is started where it is then', async () => {
      expect(await tell('hyper-v01', 'web-01', 'shut-down')).toBe('told');
      const off = await until('hyper-v01', 'web-01', 'off');
      expect(off).toMatchObject({ uptimeMs: 0, addresses: [] });
      const order = { machine: off.id, from: 'hyper-v01', to: 'hyper-v02', storage: null };
      expect(await stage().hyperV.compare(order)).toEqual([]);
      expect(await stage().hyperV.start(order)).toBe('begun');
      expect(await until('hyper-v02', 'web-01', 'off')).toMatchObject({ id: off.id });
      expect(await tell('hyper-v02', 'web-01', 'start')).toBe('told');
      expect(await until('hyper-v02', 'web-01', 'running')).toMatchObject({ heartbeat: 'ok' });
    });

    it('is saved, and goes on', async () => {
      expect(await tell('hyper-v01', 'web-02', 'save')).toBe('told');
      await until('hyper-v01', 'web-02', 'saved');
      expect(await tell('hyper-v01', 'web-02', 'start')).toBe('told');
      await until('hyper-v01', 'web-02', 'running');
    });

    it('runs on when its guest does not hear the word, and Windows says why', async () => {
      const order = { machine: '', from: 'hyper-v01', to: 'hyper-v02', storage: null };
      order.machine = (await machineOn(stage(), 'hyper-v01', 'web-01'))?.id ?? '';
      stage().spoil(order.machine, 'unreachable');
      expect(await stage().hyperV.start(order)).toBe('begun');
      await waitFor('it to arrive', () => machineOn(stage(), 'hyper-v02', 'web-01'));
      expect(await tell('hyper-v02', 'web-01', 'shut-down')).toMatchObject({ code: '0x80070015' });
      expect(await machineOn(stage(), 'hyper-v02', 'web-01')).toMatchObject({ state: 'running' });
    });

    it('is told nothing where it is not', async () => {
      const machine = (await machineOn(stage(), 'hyper-v01', 'web-01'))?.id ?? '';
      const elsewhere = { machine, host: 'hyper-v02', what: 'shut-down' as const };
      await expect(stage().hyperV.tell(elsewhere)).rejects.toMatchObject({ name: 'Fault' });
      expect(await machineOn(stage(), 'hyper-v01', 'web-01')).toMatchObject({ state: 'running' });
    });
  });
}

import type { MoveFault } from '../../lab/hyperv/model';
import { waitFor } from '../../lab/wait-for';
import { cleanUp } from '../../src/core/hyperv/clean-up';
import { whereIs, type Whereabouts } from '../../src/core/hyperv/where-is';
import { Fault } from '../../src/core/problem';
import { machineOn as machineOfStage, movesAt, orderOf, whenOver, type HyperVStage } from './hyperv-stage';

/** What is told of moves that go wrong. */
export function movesGoneWrong(stage: () => HyperVStage): void {
  describe('a move that goes wrong', () => {
    const machineOn = (host: string, named: string) => machineOfStage(stage(), host, named);
    const spoiled = async (fault: MoveFault) => {
      const order = await orderOf(stage(), 'web-01');
      stage().spoil(order.machine, fault);
      return order;
    };
    const both = async () => [await machineOn('hyper-v01', 'web-01'), await machineOn('hyper-v02', 'web-01')];

    const where = async (machine: string): Promise<Whereabouts> =>
      whereIs(machine, await stage().hyperV.inventory(['hyper-v01', 'hyper-v02']));

    it('hangs: it is shown as running, and gets no further', async () => {
      const order = await spoiled('hangs');
      expect(await stage().hyperV.start(order)).toBe('begun');
      const seen = () => movesAt(stage());
      await waitFor('it to come as far as it gets', async () =>
        (await seen()).find(({ percent }) => percent === 40),
      );
      expect(await seen()).toMatchObject([{ machine: order.machine, state: 'running', percent: 40 }]);
      expect(await both()).toMatchObject([{ id: order.machine, isBusy: true }, undefined]);
      // What is half made at the destination is no copy that anybody may remove.
      const found = await where(order.machine);
      expect(found).toMatchObject({ where: 'here', host: 'hyper-v01', isMoving: true });
      expect(found.copies).toEqual([{ host: 'hyper-v02', kind: 'planned', state: null }]);
      expect(cleanUp(found)).toEqual([]);
    });

    it('fails halfway: the machine runs on where it was', async () => {
      const order = await spoiled('halfway');
      const before = await machineOn('hyper-v01', 'web-01');
      expect(await stage().hyperV.start(order)).toBe('begun');
      expect(await whenOver(stage())).toMatchObject({
        state: 'failed',
        percent: 50,
        failure: { code: '21502' },
      });
      const [here, there] = await both();
      expect(here).toMatchObject({ state: 'running', heartbeat: 'ok', isBusy: false });
      expect(here?.uptimeMs).toBeGreaterThanOrEqual(before?.uptimeMs ?? 0);
      expect(there).toBeUndefined();
      expect(await where(order.machine)).toMatchObject({ where: 'here', host: 'hyper-v01', copies: [] });
    });

    it('loses its reply: that is no refusal, and the move goes on', async () => {
      const order = await spoiled('reply-lost');
      const said = await stage()
        .hyperV.start(order)
        .catch((error: unknown) => error);
      // Either it was seen meanwhile, or it is said that nobody knows.
      if (said !== 'begun') expect(said).toMatchObject({ name: Fault.name, retry: 'unknown' });
      // Windows shows the job of an order that nobody has heard of, and nobody takes the machine for lost or doubled meanwhile.
      expect(await movesAt(stage())).toMatchObject([
        { machine: order.machine, from: 'hyper-v01', failure: null },
      ]);
      expect(['here', 'unknown']).toContain((await where(order.machine)).where);
      expect(await whenOver(stage())).toMatchObject({ machine: order.machine, state: 'done' });
      expect(await both()).toMatchObject([undefined, { id: order.machine, state: 'running' }]);
      const arrived = { where: 'here', host: 'hyper-v02', copies: [], isMoving: false };
      expect(await where(order.machine)).toMatchObject(arrived);
    });

    it('leaves the machine at both hosts: one runs, one is off, by one id', async () => {
      const order = await spoiled('both-sides');
      expect(await stage().hyperV.start(order)).toBe('begun');
      expect(await whenOver(stage())).toMatchObject({ state: 'failed', failure: { code: '21502' } });
      expect(await both()).toMatchObject([
        { id: order.machine, state: 'running' },
        { id: order.machine, state: 'off', uptimeMs: 0 },
      ]);
      const copy = { host: 'hyper-v02', kind: 'registered', state: 'off' };
      expect(await where(order.machine)).toMatchObject({ where: 'here', host: 'hyper-v01', copies: [copy] });
      expect(await stage().hyperV.compare(order)).toMatchObject([{ code: '0x800700B7' }]);
    });

    it('is through, and the machine is heard by nobody', async () => {
      const order = await spoiled('unreachable');
      expect(await stage().hyperV.start(order)).toBe('begun');
      expect(await whenOver(stage())).toMatchObject({ state: 'done' });
      const there = { id: order.machine, state: 'running', heartbeat: 'lost', addresses: [] };
      expect(await both()).toMatchObject([undefined, there]);
      // Where it is is known all the same.
      expect(await where(order.machine)).toMatchObject({ where: 'here', host: 'hyper-v02', copies: [] });
    });

    it('breaks because its destination ends: then what is half made is left there', async () => {
      const order = await spoiled('hangs');
      expect(await stage().hyperV.start(order)).toBe('begun');
      stage().crash('hyper-v02');
      expect(await whenOver(stage())).toMatchObject({ state: 'failed' });
      const running = { where: 'here', host: 'hyper-v01', reading: { state: 'running' } };
      expect(await where(order.machine)).toMatchObject({ ...running, silent: ['hyper-v02'], copies: [] });
      stage().boot('hyper-v02', 'running');
      const found = await where(order.machine);
      const copy = { host: 'hyper-v02', kind: 'planned', state: null };
      expect(found).toMatchObject({ ...running, silent: [], copies: [copy], isMoving: false });
      expect(await both()).toMatchObject([{ id: order.machine }, undefined]);
      expect(cleanUp(found)).toMatchObject([{ command: expect.stringContaining('DestroySystem') }]);
      expect(await stage().hyperV.compare(order)).toMatchObject([{ code: '0x800700B7' }]);
    });
  });
}

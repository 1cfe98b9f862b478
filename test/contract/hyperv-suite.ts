import { waitFor } from '../../lab/wait-for';
import { Fault } from '../../src/core/problem';
import { movesGoneWrong } from './hyperv-faults';
import {
  machineOn as machineOfStage,
  movesAt,
  orderOf as orderOfStage,
  whenOver,
  type HyperVStage,
} from './hyperv-stage';
import { storageMoves } from './hyperv-storage';
import { toldMachines } from './hyperv-telling';

/** What Handover relies on of the port, whoever stands behind it. */
export function hyperVSuite(name: string, open: () => Promise<HyperVStage>): void {
  describe(`${name}, as Hyper-V`, () => {
    let stage: HyperVStage;
    beforeEach(async () => {
      stage = await open();
    });
    afterEach(() => stage.stop());

    const machineOn = (host: string, named: string) => machineOfStage(stage, host, named);
    const orderOf = (named: string) => orderOfStage(stage, named);

    it('reads hosts and their machines, and says which host is silent', async () => {
      const [first, nobody] = await stage.hyperV.inventory(['hyper-v01', 'nobody']);
      expect(first?.facts).toMatchObject({
        fqdn: 'hyper-v01.mabofeng.com',
        windows: { build: 20_348 },
        memory: { total: 64 * 1024 ** 3, free: 28 * 1024 ** 3 },
        processors: 16,
        vendor: 'GenuineIntel',
        switches: ['LAN'],
        credentialGuard: false,
        balancers: [],
        subnets: ['10.0.5.0/24', '10.0.1.0/24'],
        links: [
          { subnet: '10.0.5.0/24', bitsPerSecond: 10_000_000_000 },
          { subnet: '10.0.1.0/24', bitsPerSecond: 1_000_000_000 },
        ],
        paths: { machines: 'D:\\Hyper-V', disks: 'D:\\Hyper-V' },
        planned: [],
        migration: {
          enabled: true,
          auth: 'kerberos',
          transport: 'compression',
          most: 2,
          mostStorage: 2,
          anyNetwork: false,
          networks: ['10.0.5.0/24'],
        },
      });
      expect(first?.facts?.versions).toContain('10.0');
      expect(first?.facts?.machines.map((machine) => machine.name)).toEqual([
        'web-01',
        'web-02',
        'app-01',
        'sql-01',
      ]);
      expect(first?.facts?.machines[0]).toMatchObject({
        state: 'running',
        memory: { startup: 4 * 1024 ** 3, assigned: 4 * 1024 ** 3 },
        version: '10.0',
        heartbeat: 'ok',
        disks: [{ path: '\\\\files01\\vms\\web-01.vhdx', bytes: 120 * 1024 ** 3, kind: 'smb' }],
        dvd: null,
        switches: ['LAN'],
        isClustered: false,
        isBusy: false,
      });
      expect(nobody).toMatchObject({ facts: null, silent: { message: expect.stringContaining('nobody') } });
    });

    it('reads what is odd about a machine', async () => {
      const odd = async (host: string, named: string) => machineOn(host, named);
      expect(await odd('hyper-v02', 'app-02')).toMatchObject({ dvd: 'D:\\ISO\\setup.iso' });
      expect(await odd('hyper-v03', 'old-01')).toMatchObject({ state: 'off', uptimeMs: 0, load: 0 });
      expect((await odd('hyper-v03', 'file-01'))?.disks).toMatchObject([{ kind: 'local' }]);
      expect((await odd('hyper-v04', 'sql-07'))?.disks).toMatchObject([{ kind: 'physical' }]);
      expect(await odd('hyper-v04', 'test-01')).toMatchObject({ checkpoints: 3 });
    });

    it('sets exactly what it is told to', async () => {
      const before = (await stage.hyperV.inventory(['hyper-v02']))[0]?.facts?.migration;
      await stage.hyperV.configure('hyper-v02', { most: 4, networks: ['10.0.1.0/24', '10.0.5.0/24'] });
      const after = (await stage.hyperV.inventory(['hyper-v02']))[0]?.facts?.migration;
      expect(after).toEqual({ ...before, most: 4, networks: ['10.0.1.0/24', '10.0.5.0/24'] });
      await stage.hyperV.configure('hyper-v02', { enabled: false, auth: 'credssp', anyNetwork: true });
      const last = (await stage.hyperV.inventory(['hyper-v02']))[0]?.facts?.migration;
      expect(last).toEqual({ ...after, enabled: false, auth: 'credssp', anyNetwork: true });
      await stage.hyperV.configure('hyper-v02', { networks: [] });
      const none = (await stage.hyperV.inventory(['hyper-v02']))[0]?.facts?.migration;
      expect(none).toEqual({ ...last, networks: [] });
    });

    it('moves a machine, shows how far it is, and the machine is there', async () => {
      const order = await orderOf('web-01');
      expect(await stage.hyperV.compare(order)).toEqual([]);
      expect(await stage.hyperV.start(order)).toBe('begun');
      expect(await whenOver(stage)).toMatchObject({
        machine: order.machine,
        to: 'hyper-v02',
        state: 'done',
        percent: 100,
      });
      expect(await machineOn('hyper-v02', 'web-01')).toMatchObject({ id: order.machine, state: 'running' });
      expect(await machineOn('hyper-v01', 'web-01')).toBeUndefined();
    });

    it('says at once that there are no credentials, and goes on saying so until the host forgets', async () => {
      stage.grant(false);
      const order = await orderOf('web-01');
      expect(await stage.hyperV.compare(order)).toMatchObject([{ code: '0x8009030E' }]);
      expect(await stage.hyperV.start(order)).toMatchObject({ code: '0x8009030E' });
      stage.grant(true);
      expect(await stage.hyperV.compare(order)).toMatchObject([{ code: '0x8009030E' }]);
      await stage.hyperV.purge('hyper-v01');
      expect(await stage.hyperV.compare(order)).toEqual([]);
    });

    it('says that it may not let a host forget, and the host goes on refusing', async () => {
      stage.grant(false);
      const order = await orderOf('web-01');
      await stage.hyperV.compare(order);
      stage.grant(true);
      stage.letPurge('hyper-v01', false);
      await expect(stage.hyperV.purge('hyper-v01')).rejects.toMatchObject({
        message: expect.stringContaining('Access is denied') as string,
      });
      expect(await stage.hyperV.compare(order)).toMatchObject([{ code: '0x8009030E' }]);
      stage.pass(15 * 60_000);
      expect(await stage.hyperV.compare(order)).toEqual([]);
    });

    it('begins no second move of a machine, and none from where it is not', async () => {
      const order = await orderOf('web-01');
      stage.spoil(order.machine, 'hangs');
      expect(await stage.hyperV.start(order)).toBe('begun');
      expect(await stage.hyperV.start({ ...order, to: 'hyper-v03' })).toMatchObject({ code: '32775' });
      const elsewhere = { ...order, from: 'hyper-v03', to: 'hyper-v04' };
      await expect(stage.hyperV.start(elsewhere)).rejects.toMatchObject({ retry: 'unknown' });
      await expect(stage.hyperV.compare(elsewhere)).rejects.toMatchObject({ code: 'hyperv.refused' });
      // The same once more is another order, and refused: that one of its kind is under way does not say that this one is.
      expect(await stage.hyperV.start(order)).toMatchObject({ code: '32775' });
      const shown = await stage.hyperV.moves(['hyper-v01', 'hyper-v03']);
      const moves = shown.map((each) => each.moves?.map(({ to, state }) => [to, state]));
      expect(moves).toEqual([[['hyper-v02', 'running']], []]);
    });

    it('finds what is incompatible', async () => {
      const machine = (await machineOn('hyper-v02', 'app-02'))?.id ?? '';
      const order = { machine, from: 'hyper-v02', to: 'hyper-v03', storage: null };
      expect(await stage.hyperV.compare(order)).toMatchObject([{ code: '0xC03A0014' }]);
    });

    it('tells how a move has failed', async () => {
      const order = await orderOf('sql-01');
      expect(await stage.hyperV.start(order)).toBe('begun');
      stage.fail(order.machine);
      const [failed] = await movesAt(stage);
      expect(failed).toMatchObject({ state: 'failed', failure: { code: '21502' } });
      expect(await machineOn('hyper-v01', 'sql-01')).toMatchObject({ id: order.machine });
      // A second try is told from the first, which is still shown.
      expect(await stage.hyperV.start(order)).toBe('begun');
      const again = (await movesAt(stage)).find(({ state }) => state === 'running');
      expect(again).toMatchObject({ machine: order.machine, from: 'hyper-v01', to: 'hyper-v02' });
      expect(again?.id).not.toBe(failed?.id);
      expect(again?.startedAt ?? 0).toBeGreaterThanOrEqual(failed?.startedAt ?? 0);
    });

    it('shows that a move gets further, until it is there, and at last forgets it', async () => {
      const machine = (await machineOn('hyper-v03', 'file-01'))?.id ?? '';
      const order = { machine, from: 'hyper-v03', to: 'hyper-v04', storage: 'D:\\Hyper-V' };
      expect(await stage.hyperV.start(order)).toBe('begun');
      const percents: number[] = [];
      // Of 1.8 TB at 10 Gbit/s a seventh goes over in four minutes.
      await waitFor('the end of the move', async () => {
        const [move] = await movesAt(stage, 'hyper-v03');
        percents.push(move?.percent ?? -1);
        stage.pass(4 * 60_000);
        return move?.state === 'done' ? move : undefined;
      });
      expect(percents).toEqual(percents.toSorted((one, other) => one - other));
      expect(new Set(percents).size).toBeGreaterThan(5);
      expect(percents.at(-1)).toBe(100);
      stage.pass(5 * 60_000);
      expect(await movesAt(stage, 'hyper-v03')).toEqual([]);
    });

    it('tells the moves of hosts that answer, whoever is silent', async () => {
      const order = await orderOf('web-01');
      stage.spoil(order.machine, 'hangs');
      expect(await stage.hyperV.start(order)).toBe('begun');
      stage.crash('hyper-v04');
      expect(await stage.hyperV.moves(['nobody', 'hyper-v01', 'hyper-v04'])).toMatchObject([
        { host: 'nobody', moves: null, silent: { message: expect.stringContaining('nobody') } },
        { host: 'hyper-v01', moves: [{ machine: order.machine, state: 'running' }], silent: null },
        { host: 'hyper-v04', moves: null, silent: { code: '0x800706BA' } },
      ]);
    });

    it('orders nothing of a host whose moves cannot be read', async () => {
      const order = await orderOf('web-01');
      stage.crash('hyper-v01');
      await expect(stage.hyperV.start(order)).rejects.toMatchObject({ name: Fault.name, retry: 'later' });
    });

    movesGoneWrong(() => stage);
    storageMoves(() => stage);
    toldMachines(() => stage);

    it('tells which services of others run at a host that balance it, too', async () => {
      const read = async () => (await stage.hyperV.inventory(['hyper-v02']))[0]?.facts?.balancers;
      stage.balance('hyper-v02', ['ClusSvc', 'SCVMMAgent']);
      expect(await read()).toEqual(['ClusSvc', 'SCVMMAgent']);
      stage.balance('hyper-v02', ['SCVMMAgent']);
      expect(await read()).toEqual(['SCVMMAgent']);
    });

    it('feels the pulse of a host that has just come up, whatever of Hyper-V runs there', async () => {
      const felt = async () => (await stage.hyperV.pulse(['hyper-v01']))[0];
      const before = (await felt())?.pulse;
      expect(before).toMatchObject({ build: 20_348, hasManagement: true, listens: true });
      stage.crash('hyper-v01');
      expect(await felt()).toMatchObject({ pulse: null, silent: { code: '0x800706BA' } });
      stage.boot('hyper-v01', 'stopped');
      const up = (await felt())?.pulse;
      expect(up).toMatchObject({ build: 20_348, hasManagement: false, listens: false });
      expect(up?.bootedAt).toBeGreaterThan(before?.bootedAt ?? Infinity);
      stage.boot('hyper-v01', 'running');
      await stage.hyperV.configure('hyper-v01', { enabled: false });
      expect((await felt())?.pulse).toMatchObject({ hasManagement: true, listens: false });
      expect((await stage.hyperV.pulse(['nobody', 'hyper-v02'])).map(({ pulse }) => pulse !== null)).toEqual([
        false,
        true,
      ]);
    });

    it('hears nothing of a host that is down, nor of one whose Hyper-V did not come up with it', async () => {
      const silent = async () => (await stage.hyperV.inventory(['hyper-v01']))[0]?.silent;
      stage.crash('hyper-v01');
      expect(await silent()).toMatchObject({ code: '0x800706BA' });
      stage.boot('hyper-v01', 'stopped');
      expect(await silent()).toMatchObject({ code: '0x80070426' });
      await expect(stage.hyperV.purge('hyper-v01')).rejects.toBeInstanceOf(Fault);
      stage.boot('hyper-v01', 'running');
      expect(await silent()).toBeNull();
      expect((await machineOn('hyper-v01', 'web-01'))?.uptimeMs).toBeLessThan(3600_000);
    });
  });
}

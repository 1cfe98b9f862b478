import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;
/** All hosts may delegate to all others. */
async function begin(): Promise<void> {
  stage = await new MoveStage().begin();
  stage.delegateAll();
}

describe('/drain', () => {
  it('empties a host, looks, and says that it is safe to service; return brings all back', async () => {
    await begin();
    const before = stage.machinesOn('hyper-v01');
    const waiting = await stage.ask('drain hyper-v01');
    expect(waiting).toMatchObject({ state: 'waiting', trouble: null });
    expect(waiting.plan?.directory.changes).toEqual([]);
    expect(waiting.plan?.forecast?.summary[0]).toMatch(/^4 of 4 machines move to 2 hosts/);
    expect(stage.machinesOn('hyper-v01')).toEqual(before);
    await stage.approve();
    await stage.clock.pass(300_000);
    const done = await stage.record();
    expect(done).toMatchObject({ state: 'done', remaining: [{ host: 'hyper-v01', machines: [] }] });
    expect(stage.machinesOn('hyper-v01')).toEqual([]);
    await stage.ask('return hyper-v01');
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machinesOn('hyper-v01')).toEqual(before);
    expect((await stage.ledger.homes()).size).toBe(0);
  });

  it('never has more moves at a host than it takes at a time, and one look at a time that follows them', async () => {
    await begin();
    await stage.ask('drain hyper-v01');
    const most: number[] = [];
    const looks: number[] = [];
    await stage.approve();
    for (let second = 0; second < 120; second += 1) {
      await stage.clock.pass(1_000);
      const { moves } = stage.fabric.at(stage.clock.now());
      most.push(moves.filter(({ state }) => state === 'running').length);
      looks.push((await stage.queue.depth('hyperv')).held);
    }
    expect(Math.max(...most)).toBe(2);
    expect(Math.max(...looks)).toBe(1);
  });

  it('leaves what cannot move, says why before anybody approves, and that the host is not empty', async () => {
    await begin();
    const waiting = await stage.ask('drain hyper-v02 --no-storage');
    const staying = waiting.plan?.forecast?.staying.map(({ name, short }) => `${name}: ${short}`);
    expect(staying).toEqual(
      expect.arrayContaining(['app-02: something in its drive', 'mail-01: local disks']),
    );
    await stage.approve();
    await stage.clock.pass(300_000);
    const record = await stage.record();
    expect(record.state).toBe('done');
    expect(record.remaining).toEqual([{ host: 'hyper-v02', machines: ['app-02', 'mail-01'] }]);
  });

  it('has the delegation that is missing in its plan, one request for all of it', async () => {
    stage = await new MoveStage().begin();
    const waiting = await stage.ask('drain hyper-v01 to hyper-v02,hyper-v03');
    expect(waiting.plan?.directory.changes.map(({ name, kind }) => [name, kind])).toEqual([
      ['hyper-v01', 'delegation-add'],
    ]);
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machinesOn('hyper-v01')).toEqual([]);
  });

  it('goes on without a machine whose move breaks, and ends with its diagnosis', async () => {
    await begin();
    await stage.ask('drain hyper-v01');
    stage.fabric.spoil('00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f', 'halfway');
    await stage.approve();
    await stage.clock.pass(300_000);
    const record = await stage.record();
    expect(record.state).toBe('partial');
    expect(record.remaining).toEqual([{ host: 'hyper-v01', machines: ['web-01'] }]);
    expect(record.moves.find(({ name }) => name === 'web-01')?.outcome?.diagnosis.length).toBeGreaterThan(0);
  });

  it('finds another approved destination for what has no room any more where it was to go, and keeps the approval', async () => {
    await begin();
    const waiting = await stage.ask('drain hyper-v01');
    const planned = waiting.plan?.forecast?.moves.find(({ name }) => name === 'sql-01');
    const other = HOSTS.find((host) => host !== 'hyper-v01' && host !== planned?.to);
    // Somebody has taken all the memory of the host that the largest one was to go to.
    stage.add('huge-01', { like: 'web-03', gigabytes: 34, host: planned?.to ?? '' });
    await stage.approve();
    await stage.clock.pass(300_000);
    const record = await stage.record();
    expect(await stage.audited()).toContain('moves.replanned');
    expect(record.plan?.number).toBe(1);
    expect(stage.hostOf('sql-01')).toBe(other);
    expect(record.remaining).toEqual([{ host: 'hyper-v01', machines: [] }]);
  });

  it('stops after three failures in a row, and says what was not begun', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --max 1');
    for (const at of [1, 2, 3, 4]) {
      stage.fabric.spoil(`0000000${at}-4a7b-4c1d-9e2f-7a6b5c4d3e2f`, 'halfway');
    }
    await stage.approve();
    await stage.clock.pass(600_000);
    const record = await stage.record();
    expect(record.state).toBe('failed');
    expect(record.moves.filter(({ outcome }) => outcome?.kind === 'failed').length).toBeGreaterThanOrEqual(3);
    expect(record.remaining?.[0]?.machines.length).toBe(4);
  });
});

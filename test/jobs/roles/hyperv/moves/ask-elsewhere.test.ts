import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

/** hyper-v01 may be emptied to hyper-v02 alone, where there is this much less room by the time that it is approved. */
async function approvedTooLate(gigabytes: number): Promise<void> {
  stage = await new MoveStage().begin();
  stage.delegateAll();
  const waiting = await stage.ask('drain hyper-v01 to hyper-v02');
  expect(waiting.plan?.hosts.envelope?.destinations).toEqual(['hyper-v02']);
  expect(waiting.plan?.forecast?.staying).toEqual([]);
  stage.add('huge-01', { like: 'web-03', gigabytes, host: 'hyper-v02' });
  await stage.approve();
  await stage.clock.pass(300_000);
}

/** Where anything was ever ordered to go. */
const destinations = (): readonly string[] => [
  ...new Set(stage.fabric.at(stage.clock.now()).moves.map(({ to }) => to)),
];

describe('a machine that only a host would take that was not approved', () => {
  it('stays, and its failure names that host and the command that asks for it', async () => {
    await approvedTooLate(30);
    const record = await stage.record();
    expect(destinations()).toEqual(['hyper-v02']);
    expect(record.state).toBe('partial');
    const problem = (await stage.move('sql-01'))?.outcome?.problem;
    expect(problem?.summary).toMatch(/^sql-01 was not moved to hyper-v02: .* free on hyper-v02/);
    expect(problem?.remedy).toBe(
      'hyper-v03 would take it, which was not approved: ask /drain hyper-v01 to hyper-v03.',
    );
    expect(record.ending?.problem).toEqual(problem);
    expect(record.remaining).toEqual([{ host: 'hyper-v01', machines: stage.machinesOn('hyper-v01') }]);
    expect(stage.machinesOn('hyper-v03')).toEqual(['build-01', 'file-01', 'old-01']);
  });

  it('uses up none of the tries at planning anew that another machine may need', async () => {
    await approvedTooLate(30);
    expect((await stage.record()).replans).toBe(0);
    expect(await stage.audited()).not.toContain('moves.replanned');
  });

  it('moves there once that is asked for and approved', async () => {
    await approvedTooLate(30);
    const remedy = (await stage.record()).ending?.problem?.remedy ?? '';
    const command = /ask \/(drain .*)\.$/.exec(remedy)?.[1] ?? '';
    const waiting = await stage.ask(command);
    expect(waiting).toMatchObject({
      state: 'waiting',
      plan: { hosts: { envelope: { destinations: ['hyper-v03'] } } },
    });
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({
      state: 'done',
      remaining: [{ host: 'hyper-v01', machines: [] }],
    });
    expect(stage.hostOf('sql-01')).toBe('hyper-v03');
  });

  it('names the host with the delegation that is missing so far, since the plan asks for that too', async () => {
    stage = await new MoveStage().begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('drain hyper-v01 to hyper-v02');
    stage.add('huge-01', { like: 'web-03', gigabytes: 34, host: 'hyper-v02' });
    await stage.approve();
    await stage.clock.pass(60_000);
    expect((await stage.record()).ending?.problem?.remedy).toContain('ask /drain hyper-v01 to hyper-v03.');
    expect(stage.directory.modifies).toEqual([]);
  });

  it('is told the reason alone where no other host would take it', async () => {
    stage = await new MoveStage().begin();
    stage.delegateAll();
    await stage.ask('drain hyper-v01 to hyper-v02');
    for (const host of ['hyper-v02', 'hyper-v03']) {
      stage.add(`huge-${host}`, { like: 'web-03', gigabytes: 34, host });
    }
    stage.add('huge-more', { like: 'web-03', gigabytes: 10, host: 'hyper-v03' });
    await stage.approve();
    await stage.clock.pass(60_000);
    const record = await stage.record();
    expect(record.state).toBe('failed');
    expect(record.ending?.problem?.remedy).toBe('Make room on hyper-v02, or choose another host.');
    expect(destinations()).toEqual([]);
  });
});

import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const MINUTE = 60_000;

/** A move of which the source's KDC has refused a ticket a moment before the delegation came. */
async function refusedBefore({ mayPurge }: { mayPurge: boolean }): Promise<void> {
  stage = await new MoveStage().begin((hyperV) => ({
    ...hyperV,
    purge: (host) => (mayPurge ? hyperV.purge(host) : Promise.resolve()),
  }));
  const order = {
    machine: '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f',
    from: 'hyper-v01',
    to: 'hyper-v02',
    storage: null,
  };
  expect((await stage.hyperV.compare(order))[0]?.code).toBe('0x8009030E');
  stage.delegate(['hyper-v01', 'hyper-v02']);
  await stage.ask('migrate web-01 -> hyper-v02');
  await stage.approve();
}

describe('a delegation that Windows has not noticed yet', () => {
  it('is waited for until the source has forgotten its refusal, and the move goes on by itself', async () => {
    await refusedBefore({ mayPurge: false });
    expect(await stage.record()).toMatchObject({ state: 'running', trouble: null });
    expect((await stage.move('web-01'))?.waitingSince).not.toBeNull();
    await stage.clock.pass(10 * MINUTE);
    expect(stage.hostOf('web-01')).toBe('hyper-v01');
    expect((await stage.record()).ending).toBeNull();
    await stage.clock.pass(8 * MINUTE);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
  });

  it('is noticed at once where the source may be told to forget', async () => {
    await refusedBefore({ mayPurge: true });
    await stage.clock.pass(MINUTE);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect((await stage.audited()).includes('move.waits')).toBe(false);
  });

  it('is given up after twenty minutes, with the diagnosis', async () => {
    stage = await new MoveStage().begin((hyperV) => ({
      ...hyperV,
      compare: () => Promise.resolve([{ code: '0x8009030E', message: 'No credentials are available.' }]),
    }));
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    await stage.approve();
    await stage.clock.pass(15 * MINUTE);
    expect((await stage.record()).ending).toBeNull();
    await stage.clock.pass(10 * MINUTE);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'failed', ending: { problem: { code: 'move.failed' } } });
    expect(record.ending?.problem?.summary).toContain('still refused');
  });

  it('is not waited for where nobody asked for the delegation: the cause is told at once, with the request that mends it', async () => {
    stage = await new MoveStage().begin();
    await stage.ask('migrate web-01 -> hyper-v02 --no-delegate');
    await stage.approve();
    const record = await stage.record();
    expect(record.state).toBe('failed');
    expect(record.ending?.problem?.summary).toContain('may not delegate');
    const commands = record.moves[0]?.outcome?.diagnosis.flatMap(({ command }) => command ?? []);
    expect(commands?.[0]).toBe('/delegate hyper-v01 -> hyper-v02 cifs,migration --protocol any');
  });
});

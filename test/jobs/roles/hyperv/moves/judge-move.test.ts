import type { HyperV, MachineOrder } from '../../../../../src/core/hyperv-port';
import type { MoveStep } from '../../../../../src/core/moves/move-step';
import { newMove } from '../../../../../src/core/moves/new-moves';
import { Fault } from '../../../../../src/core/problem';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { requester } from '../../../../support/request-record';
import { machineBefore, moveOutcome } from '../../../../support/move-journal';
import { OTHER_VENDOR } from '../../../../support/other-vendor';

let stage: MoveStage;
afterEach(() => stage.stop());

const WEB = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const DAY = 86_400_000;

let told: MachineOrder[] = [];
const noting = (hyperV: HyperV): HyperV => ({
  ...hyperV,
  tell(order) {
    told.push(order);
    return hyperV.tell(order);
  },
});

/** web-01 runs on hyper-v01 and has to be stopped to leave it; web-02 there is off, and so is old-01 on hyper-v03. */
async function begin(around: (hyperV: HyperV) => HyperV = noting): Promise<void> {
  told = [];
  stage = new MoveStage(MOVE_POLICY, OTHER_VENDOR);
  stage.machineRules = [{ match: '*', mayShutDown: true }];
  await stage.begin(around);
  stage.delegateAll();
  await stage.ask('drain hyper-v01');
}

/** That web-01 is shut down for its move is chosen. */
async function chosen(around: (hyperV: HyperV) => HyperV = noting): Promise<void> {
  await begin(around);
  await stage.client.choose({ id: stage.id, machine: 'web-01', choice: 'shut-down', by: requester });
  await stage.clock.pass(10_000);
}

/** A journal of a machine that ran and was told to shut down just now, as a thief would write it. */
function stopped(name: string, change: Partial<MoveStep> = {}): MoveStep {
  const { id, host } = stage.machine(name);
  const before = machineBefore({ uptimeMs: 1_000, at: stage.clock.now() });
  const to = host === 'hyper-v02' ? 'hyper-v03' : 'hyper-v02';
  return {
    ...newMove({ machine: id, name, from: host, to, storage: null, first: 'shut-down' }),
    readied: { at: stage.clock.now(), worker: 'thief', before, doneAt: null },
    ...change,
  };
}

/** The same of one that came to nothing, and is to be started again. */
const failed = (): Partial<MoveStep> => ({ outcome: moveOutcome('failed', { at: stage.clock.now() }) });

async function write(step: MoveStep): Promise<void> {
  const { moves } = await stage.record();
  await stage.edit({ moves: [...moves.filter((each) => each.machine !== step.machine), step] });
}

describe('whoever can write to Redis', () => {
  it('has no guest shut down that nobody has chosen, by a journal that says it was told already', async () => {
    await begin();
    await stage.approve(1);
    await write(stopped('file-01'));
    await stage.clock.pass(1_200_000);
    expect(told).toEqual([]);
    expect(stage.machine('file-01').state).toBe('running');
  });

  it('has no machine started that nobody has stopped', async () => {
    await begin();
    await stage.approve(1);
    await write(stopped('old-01', failed()));
    await stage.clock.pass(1_200_000);
    expect(told).toEqual([]);
    expect(stage.machine('old-01').state).toBe('off');
    expect(await stage.record()).toMatchObject({
      state: 'stuck',
      ending: { problem: { code: 'plan.altered' } },
    });
  });

  it('has no machine of the approval started that was off before its move', async () => {
    await begin();
    await stage.approve(1);
    await write(stopped('web-02', failed()));
    await stage.clock.pass(1_200_000);
    expect(told).toEqual([]);
    expect(stage.machine('web-02').state).toBe('off');
  });

  it('has none started that was only to be approved', async () => {
    await chosen();
    stage.fabric.tell(WEB, 'shut-down', stage.clock.now());
    await stage.clock.pass(30_000);
    await stage.edit({ state: 'approved' });
    await stage.edit({ state: 'running', moves: [stopped('web-01', failed())] });
    await stage.clock.pass(600_000);
    expect(told).toEqual([]);
    expect(stage.machine('web-01').state).toBe('off');
    expect(await stage.record()).toMatchObject({ state: 'stuck' });
  });

  it('has none started by an approval that is long over', async () => {
    await chosen();
    await stage.approve(1);
    await stage.rest();
    told = [];
    await write(stopped('web-01', failed()));
    stage.fabric.tell(WEB, 'shut-down', stage.clock.now());
    await stage.clock.pass(2 * DAY);
    await stage.work(noting(stage.hyperV), stage.ownRules);
    await stage.clock.pass(600_000);
    expect(told).toEqual([]);
    expect(stage.machine('web-01').state).toBe('off');
    expect(await stage.record()).toMatchObject({
      state: 'stuck',
      ending: { problem: { code: 'machine.not-started' } },
    });
  });
});

describe('a guest whose worker has died before it was told to shut down', () => {
  it('is left alone by the next one when somebody has said stop meanwhile', async () => {
    const lost = new Fault({ code: 'hyperv.no-answer', retry: 'unknown', message: 'no answer', remedy: '' });
    await chosen((hyperV) => ({ ...hyperV, tell: () => Promise.reject(lost) }));
    await stage.approve(15_000);
    expect((await stage.move('web-01'))?.readied).toMatchObject({ doneAt: null });
    await stage.client.stop({ id: stage.id, by: requester });
    await stage.rest();
    await stage.work(noting(stage.hyperV), stage.ownRules);
    await stage.clock.pass(1_200_000);
    expect(told).toEqual([]);
    expect(stage.machine('web-01').state).toBe('running');
    expect((await stage.record()).ending).not.toBeNull();
  });
});

import type { HyperV, MoveOrder } from '../../../../../src/core/hyperv-port';
import type { AllowedMachine } from '../../../../../src/core/moves/envelope';
import { planDigests } from '../../../../../src/core/request/fingerprint';
import { fullStage } from '../../../../support/full-stage';
import type { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const WEB = '00000005-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const BUILD = '00000008-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const asked: AllowedMachine = { id: WEB, name: 'web-03', from: 'hyper-v02', storage: null };
const maker: AllowedMachine = { ...asked, room: true };

let orders: MoveOrder[] = [];

async function begin(): Promise<void> {
  orders = [];
  stage = await fullStage({
    around: (hyperV: HyperV) => ({
      ...hyperV,
      start(order) {
        orders.push(order);
        return hyperV.start(order);
      },
    }),
  });
}

const movedOf = (id: string): boolean => orders.some(({ machine }) => machine === id);

/** An approver is shown, and approves, a plan into which somebody has written one machine more, which is to go to hyper-v03. */
async function approveWith(command: string, machine: AllowedMachine): Promise<void> {
  await begin();
  const { plan, intake } = await stage.ask(command);
  const { envelope } = plan?.hosts ?? {};
  const { forecast } = plan ?? {};
  if (!plan || !envelope || !forecast) throw new Error('there is no plan');
  const { id, name, from } = machine;
  const others = envelope.machines.filter((each) => each.id !== id);
  const machines = [...others, machine].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const move = {
    machine: id,
    name,
    from,
    to: 'hyper-v03',
    kind: 'live' as const,
    storage: null,
    bytes: 1,
    ms: 1,
  };
  const forged = {
    ...plan,
    hosts: { ...plan.hosts, envelope: { ...envelope, machines } },
    forecast: { ...forecast, moves: [move, ...forecast.moves.filter((each) => each.machine !== id)] },
  };
  await stage.edit({ plan: { ...forged, fingerprint: planDigests(intake.statement, forged).fingerprint } });
  await stage.approve(60_000);
}

describe('whoever can write to Redis gets no machine of another host moved', () => {
  it.each<[string, string, AllowedMachine]>([
    ['of a drain that was asked for without --make-room', 'drain hyper-v01', maker],
    ['that is not named as one that makes room', 'drain hyper-v01 --make-room', asked],
    ['without --make-room, and not named so', 'drain hyper-v01', asked],
    [
      'off a host that nothing may go to',
      'drain hyper-v01 to hyper-v02,hyper-v03 --make-room',
      { ...maker, from: 'hyper-v04' },
    ],
    [
      'with its disks where no disks were to be copied',
      'drain hyper-v01 --make-room --no-storage',
      { ...maker, storage: 'D:\\Hyper-V' },
    ],
    ['of machines that were named', 'migrate tiny-01 -> hyper-v03', maker],
  ])('%s, though an approver was shown it', async (_what, command, machine) => {
    await approveWith(command, machine);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      moves: [],
      ending: { problem: { code: 'plan.altered' } },
    });
    expect(orders).toEqual([]);
  });

  it('by writing it into the journal of a drain that makes room with another one', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --make-room');
    await stage.approve(1);
    const { moves } = await stage.record();
    const step = moves.find(({ machine }) => machine === WEB);
    if (!step) throw new Error('nothing makes room');
    const forged = { ...step, machine: BUILD, name: 'build-01', from: 'hyper-v03', to: 'hyper-v02' };
    await stage.edit({ moves: [forged, ...moves] });
    await stage.clock.pass(300_000);
    expect(movedOf(BUILD)).toBe(false);
    expect(stage.hostOf('build-01')).toBe('hyper-v03');
  });
});

import { giveSlots, takeSlots } from '../../../../../src/jobs/roles/hyperv/moves/slots';
import { lookAt, type Sight } from '../../../../../src/jobs/roles/hyperv/moves/sight';
import type { MoveStep } from '../../../../../src/core/moves/move-step';
import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const other = { label: 'R-9', machine: '00000099-4a7b-4c1d-9e2f-7a6b5c4d3e2f' };

/** Two machines are on their way from hyper-v01 to hyper-v02, which is as many as each of them takes; another one is to leave hyper-v02. */
async function twoUnderWay(): Promise<{ step: MoveStep; sight: Sight }> {
  stage = await new MoveStage().begin();
  stage.delegateAll();
  await stage.ask('migrate web-01,web-02 -> hyper-v02');
  await stage.approve(1_000);
  const [like] = (await stage.record()).moves;
  if (!like) throw new Error('nothing moves');
  const step = { ...like, ...other, from: 'hyper-v02', to: 'hyper-v03', intent: null };
  const settings = { hosts: [...stage.hosts], executable: '', shells: 1, sampleSeconds: 60 };
  const { hyperV, clock } = stage;
  return { step, sight: await lookAt({ hyperV, clock, settings }, [step]) };
}

const take = async ({ step, sight }: { step: MoveStep; sight: Sight }): Promise<boolean> =>
  takeSlots(stage, { ...(await stage.record()), label: other.label }, { step, sight });

const leasesOf = async (holder: string): Promise<number> =>
  (await stage.ledger.leases('')).filter((lease) => lease.holder.startsWith(`${holder}/`)).length;

/** As when the worker that had them died half a minute ago. */
async function loseLeases(): Promise<void> {
  const record = await stage.record();
  for (const step of record.moves) await giveSlots(stage, record, step);
  expect(await leasesOf(record.label)).toBe(0);
}

describe('the slots of a host', () => {
  it('are not taken while others hold them', async () => {
    expect(await take(await twoUnderWay())).toBe(false);
    expect(await leasesOf(other.label)).toBe(0);
  });

  it('are not taken for what a dead worker has begun, though its leases are over and no host that is looked at shows it', async () => {
    const found = await twoUnderWay();
    expect(found.sight.moving('hyper-v02')).toEqual([]);
    await loseLeases();
    expect(await take(found)).toBe(false);
    expect(await leasesOf(other.label)).toBe(0);
  });

  it('are free when that is over', async () => {
    const found = await twoUnderWay();
    await stage.clock.pass(60_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(await take(found)).toBe(true);
    expect(await leasesOf(other.label)).toBe(3);
  });
});

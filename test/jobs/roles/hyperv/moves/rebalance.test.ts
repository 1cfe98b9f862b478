import { GB } from '../../../../../lab/hyperv/model';
import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;

/** hyper-v01 is full, the others are not; all may delegate to all. */
async function begin(): Promise<void> {
  stage = await new MoveStage().begin();
  stage.delegateAll();
  for (const name of ['more-01', 'more-02']) {
    stage.add(name, { like: 'web-01', gigabytes: 8, host: 'hyper-v01' });
  }
  await stage.sampled();
}

describe('/hv rebalance', () => {
  it('moves machines from the busiest host, and nothing when it is asked again at once', async () => {
    await begin();
    const freeOf = async (): Promise<readonly number[]> =>
      (await stage.hyperV.inventory(HOSTS)).map(({ facts }) => (facts?.memory.free ?? 0) / GB);
    const before = await freeOf();
    const waiting = await stage.ask('rebalance');
    expect(waiting.plan?.directory.changes).toEqual([]);
    expect(waiting).toMatchObject({ state: 'waiting' });
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    const after = await freeOf();
    expect(Math.max(...after) - Math.min(...after)).toBeLessThan(Math.max(...before) - Math.min(...before));
    await stage.sampled();
    expect(await stage.ask('rebalance --max 2')).toMatchObject({ state: 'already-so' });
  });

  it('moves nothing where hosts were not apart for long enough, or where nothing was noted', async () => {
    stage = await new MoveStage().begin();
    expect(await stage.ask('rebalance')).toMatchObject({ state: 'already-so' });
  });
});

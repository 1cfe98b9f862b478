import { sweep } from '../../../src/jobs/roles/conduct';
import { Stage } from '../../support/directory-stage';

const never = (error: unknown): never => {
  throw error;
};

/** Four open requests, of which each look takes this long; gives what was looked at. */
async function slowly(ms: number): Promise<{ stage: Stage; looked: () => number[] }> {
  const stage = new Stage();
  await stage.start();
  for (const pair of ['v01 -> hyper-v02', 'v01 -> hyper-v03', 'v02 -> hyper-v01', 'v02 -> hyper-v03']) {
    await stage.ask(`delegate hyper-${pair} cifs`);
  }
  const ids = await stage.ledger.openRequests();
  const read = stage.ledger.read.bind(stage.ledger);
  let looked: number[] = [];
  stage.ledger.read = async (id) => {
    looked.push(ids.indexOf(id));
    await stage.clock.pass(ms);
    return read(id);
  };
  return {
    stage,
    looked() {
      const taken = looked;
      looked = [];
      return taken;
    },
  };
}

describe('a sweep', () => {
  it('looks at all when there is time', async () => {
    const { stage, looked } = await slowly(1);
    expect(await sweep(stage.conductor(), never)).toBe(0);
    expect(looked()).toEqual([0, 1, 2, 3]);
  });

  it('ends in time and goes on where it stopped, round and round', async () => {
    const { stage, looked } = await slowly(80);
    const places: number[] = [];
    let next = 0;
    for (let round = 0; round < 4; round += 1) {
      next = await sweep(stage.conductor(), never, next);
      places.push(next);
    }
    expect(places).toEqual([3, 2, 1, 0]);
    expect(looked()).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  });

  it('begins anew when there are fewer by now', async () => {
    const { stage, looked } = await slowly(1);
    await sweep(stage.conductor(), never, 17);
    expect(looked()).toEqual([0, 1, 2, 3]);
  });
});

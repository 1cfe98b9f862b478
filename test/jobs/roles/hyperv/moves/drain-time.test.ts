import { MoveStage } from '../../../../support/move-stage';

/** Of the fabric's migration network, in bytes per millisecond. */
const TEN_GBIT = 1_250_000;
const GB = 1024 ** 3;
/** Of the time that the bytes take at least over the link of the host that is emptied: the goal of the bench of a drain. */
const GOAL = 1.05;
const COUNT = 24;

const stage = new MoveStage(undefined, {
  hosts: Object.fromEntries(
    ['hyper-v01', 'hyper-v02', 'hyper-v03'].map((name) => [
      name,
      { memoryBytes: 1_024 * GB, processors: 256 },
    ]),
  ),
});
afterAll(() => stage.stop());

it(`empties a host of ${COUNT} machines in at most ${GOAL} of the time that their bytes take over its link`, async () => {
  const { fabric, clock } = stage;
  const [like] = fabric.at(clock.now()).machines;
  if (!like) throw new Error('the fabric has no machine');
  for (let at = 1; at <= COUNT - 4; at += 1) {
    const bytes = [16, 24, 32, 48][at % 4] ?? 16;
    const name = `big-${at}`;
    fabric.add({
      ...like,
      id: `0000${String(at).padStart(4, '0')}-1111-4c1d-9e2f-7a6b5c4d3e2f`,
      name,
      host: 'hyper-v01',
      memory: {
        ...like.memory,
        startupBytes: bytes * GB,
        assignedBytes: bytes * GB,
        demandBytes: bytes * GB,
      },
      disks: like.disks.map((disk) => ({ ...disk, path: disk.path.replace(like.name, name) })),
    });
  }
  await stage.begin();
  await stage.ask('drain hyper-v01');
  await stage.approve();
  await clock.pass(3_600_000);
  expect(await stage.record()).toMatchObject({
    state: 'done',
    remaining: [{ host: 'hyper-v01', machines: [] }],
  });
  const { moves } = fabric.at(clock.now());
  expect(moves.map(({ state }) => state)).toEqual(Array<string>(COUNT).fill('done'));
  const bytes = moves.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  const begun = Math.min(...moves.map(({ startedAt }) => startedAt));
  const over = Math.max(...moves.map(({ endedAt }) => endedAt ?? Infinity));
  const ratio = (over - begun) / (bytes / TEN_GBIT);
  process.stdout.write(`a drain of ${COUNT} machines took ${ratio.toFixed(3)} of its bound\n`);
  expect(ratio).toBeGreaterThanOrEqual(0.999);
  expect(ratio).toBeLessThanOrEqual(GOAL);
}, 120_000);

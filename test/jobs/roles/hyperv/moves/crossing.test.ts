import { chanceOf } from '../../../../../lab/chance';
import type { FabricHost } from '../../../../../lab/hyperv/model';
import { practiceFabric } from '../../../../../lab/hyperv/practice-fabric';
import type { RequestRecord } from '../../../../../src/core/request/record';
import { Mortal } from '../../../../support/mortal';
import { MoveStage } from '../../../../support/move-stage';
import { expectTold, peaks, watchOrders } from '../../../../support/moves-told';

let stage: MoveStage;
afterEach(() => stage.stop());

/** Machines of hyper-v01 go to hyper-v03 and the other way round, and some of them are to be moved to make hosts alike. */
const COMMANDS = ['drain hyper-v01', 'drain hyper-v03 to hyper-v01,hyper-v02 --no-storage', 'rebalance'];
const KILLS = 10;
/** Of one worker, while the three requests last: between a look and a minute. */
const MOST_CALLS = 200;
/** Longer than any lease of a worker lasts, in seconds. */
const MOST_AWAY = 40;

/** What is on its way when the worker dies is so for as long as on links of 1 Gbit/s. */
function slowHosts(): Readonly<Record<string, Partial<FabricHost>>> {
  const slow = (host: FabricHost) =>
    host.networks.map((each) => ({ ...each, bytesPerMs: each.bytesPerMs / 10 }));
  return Object.fromEntries(practiceFabric(0).hosts.map((host) => [host.name, { networks: slow(host) }]));
}

/** A worker that may die, in place of the last one. */
function serve(): Mortal {
  const mortal = new Mortal();
  const { ledger, queue, clock } = stage;
  stage.ports = { ledger: mortal.lend('ledger', ledger), queue: mortal.lendQueue(queue, clock) };
  return mortal;
}

/** All three are approved at the same time, and each is about machines of the others. */
async function begin() {
  stage = new MoveStage(undefined, { hosts: slowHosts() });
  const { around, wrong } = watchOrders(stage);
  const mortal = serve();
  await stage.begin((hyperV) => mortal.lend('hyperv', around(hyperV)));
  stage.delegateAll();
  for (const at of [1, 2]) stage.add(`more-0${at}`, { like: 'web-01', gigabytes: 8, host: 'hyper-v01' });
  for (const at of [1, 2, 3]) stage.add(`cross-0${at}`, { like: 'web-01', gigabytes: 4, host: 'hyper-v03' });
  await stage.sampled();
  const before = machines();
  const ids: string[] = [];
  for (const text of COMMANDS) {
    expect(await stage.ask(text)).toMatchObject({ state: 'waiting' });
    ids.push(stage.id);
  }
  for (const id of ids) {
    stage.id = id;
    await stage.approve(0);
  }
  return { mortal, around, wrong, before, ids };
}

async function readAll(ids: readonly string[]): Promise<readonly RequestRecord[]> {
  const records = await Promise.all(ids.map((id) => stage.ledger.read(id)));
  return records.flatMap((record): readonly RequestRecord[] => (record ? [record] : []));
}

const machines = (): readonly string[] => {
  const world = stage.fabric.at(stage.clock.now());
  return world.machines.map(({ id }) => id).toSorted();
};

/** Lets time pass until all three have ended, and the leases of whoever died with them. */
async function end(ids: readonly string[]): Promise<void> {
  for (let minute = 0; minute < 30 && (await open(ids)) > 0; minute += 1) await stage.clock.pass(60_000);
  await stage.clock.pass(60_000);
}

const open = async (ids: readonly string[]): Promise<number> =>
  (await readAll(ids)).filter(({ ending }) => ending === null).length;

/** Fails unless hosts never had more to do than they take, each machine is somewhere once, and all is as the three requests tell. */
async function expectAllHolds({ ids, wrong, before }: Awaited<ReturnType<typeof begin>>): Promise<void> {
  const world = stage.fabric.at(stage.clock.now());
  expect(wrong).toEqual([]);
  expect(Math.max(...Object.values(peaks(world, stage.hosts)))).toBe(2);
  expect([machines(), world.copies]).toEqual([before, []]);
  const records = await readAll(ids);
  expect(records.map(({ ending }) => ending !== null)).toEqual([true, true, true]);
  await expectTold(stage, records);
  expect(await stage.ledger.leases('slot-')).toEqual([]);
}

describe('two drains that cross, and a rebalance at the same time', () => {
  it('never move more at a host than it takes, leave each machine exactly once, and tell what is so', async () => {
    const begun = await begin();
    await end(begun.ids);
    await expectAllHolds(begun);
  });

  const { HANDOVER_SEED } = process.env;
  it.each(HANDOVER_SEED === undefined ? [1, 2] : [Number(HANDOVER_SEED)])(
    'do so when the worker is killed at ten random places and others go on (seed %i)',
    async (seed) => {
      const chance = chanceOf(seed);
      const begun = await begin();
      const places: string[] = [];
      for (let { mortal } = begun; places.length < KILLS; mortal = serve()) {
        if (places.length > 0) await stage.takeOver((hyperV) => mortal.lend('hyperv', begun.around(hyperV)));
        mortal.doom({ calls: chance.whole(1, MOST_CALLS), when: chance.of(['before', 'after']) });
        while (mortal.last === null) await stage.clock.pass(1_000);
        places.push(`${mortal.last} with ${await open(begun.ids)} open`);
        await stage.clock.pass(chance.whole(0, MOST_AWAY) * 1_000);
      }
      process.stdout.write(`seed ${seed}: ${places.join(', ')}\n`);
      expect(places.every((place) => !place.endsWith(' 0 open'))).toBe(true);
      await stage.takeOver(begun.around);
      await end(begun.ids);
      await expectAllHolds(begun);
    },
  );
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../../lab/repository';
import type { PlanInput } from '../../../src/core/fabric/plan-input';
import { planMoves } from '../../../src/core/fabric/plan-moves';
import type { Planner } from '../../../src/core/fabric/planner-port';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { openThreadPlanner } from '../../../src/jobs/planning/thread-planner';
import { memoryClock } from '../../support/memory-clock';
import { facts, heard, machine, planInput } from '../../support/plan-world';
import { scratchDirectory } from '../../support/scratch';

/** The built script: threads run the build, whatever runs this file. */
const built = join(repositoryRoot, 'dist', 'src', 'jobs', 'planning', 'planning-thread.js');
const drained = { kind: 'drain' as const, hosts: ['h01'], to: null };

const opened: Planner[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((planner) => planner.close()));
});

function plannerOf(script = built, clock = systemClock): Planner {
  const planner = openThreadPlanner({ script, clock });
  opened.push(planner);
  return planner;
}

/** A script of the test's own in the thread's place. */
async function scriptOf(code: string): Promise<string> {
  const path = join(await scratchDirectory(), 'thread.js');
  await writeFile(path, code);
  return path;
}

/** A fabric of so many hosts with machines of 1 to 7 GB. */
function fabricOf(hosts: number, machines: number): PlanInput {
  const names = Array.from({ length: hosts }, (_, at) => `h${String(at + 1).padStart(2, '0')}`);
  return planInput(
    names.map((name, at) => {
      const own = Array.from({ length: machines }, (_each, number) =>
        machine(`${name}-${number}`, { gb: 1 + ((at + number) % 7) }),
      );
      return heard(name, facts(name, own, { gb: 512, processors: 64 }));
    }),
  );
}

/** A fabric as it never is, so that planning throws. */
function brokenFabric(): PlanInput {
  const input = fabricOf(4, 12);
  // SAFETY: nothing reads this host before the planner, which is to fail there.
  return {
    ...input,
    hosts: [...input.hosts, { ...input.hosts[0], host: 'h99', facts: { machines: [] } }] as never,
  };
}

describe('plans in a thread', () => {
  it('are the same as in place, and the program goes on meanwhile', async () => {
    const input = fabricOf(24, 40);
    const planner = plannerOf();
    const task = { ...drained, hosts: ['h01', 'h02', 'h03'] };
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const plan = await planner.plan(input, task);
    isOver = true;
    // In place not one would come between.
    expect(turns).toBeGreaterThan(100);
    expect(plan).toEqual(planMoves(input, task));
    expect(plan.moves).toHaveLength(120);
  });

  it('are each given to whoever asked for it', async () => {
    const input = fabricOf(4, 12);
    const planner = plannerOf();
    const asked = ['h01', 'h02', 'h03', 'h04'].map((host) => ({ ...drained, hosts: [host] }));
    const plans = await Promise.all(asked.map((task) => planner.plan(input, task)));
    expect(plans).toEqual(asked.map((task) => planMoves(input, task)));
  });

  it('that fail are a fault, and the next one is made in a new thread', async () => {
    const planner = plannerOf();
    const first = planner.plan(brokenFabric(), drained);
    const second = planner.plan(fabricOf(4, 12), drained);
    await expect(first).rejects.toMatchObject({
      code: 'planning.broken',
      retry: 'later',
      message: expect.stringMatching(/^The moves could not be planned: TypeError: .+\.$/),
    });
    expect((await second).moves).toHaveLength(12);
  });

  it('of a thread that ends without a word are a fault', async () => {
    const planner = plannerOf(
      await scriptOf(`require('node:worker_threads').parentPort.on('message', () => process.exit(0));`),
    );
    await expect(planner.plan(fabricOf(4, 12), drained)).rejects.toMatchObject({
      message: 'The moves could not be planned: its thread has ended.',
    });
  });

  it('that take too long are ended', async () => {
    const clock = memoryClock();
    const loop = await scriptOf(
      `require('node:worker_threads').parentPort.on('message', () => { for (;;); });`,
    );
    const plan = plannerOf(loop, clock).plan(fabricOf(4, 12), drained);
    const fault = {
      code: 'planning.too-long',
      retry: 'later',
      message: 'The moves were not planned within 30 s.',
    };
    await Promise.all([expect(plan).rejects.toMatchObject(fault), clock.pass(30_000)]);
  });

  it('of a few machines need no thread', async () => {
    const planner = plannerOf(join(repositoryRoot, 'no-such-script.js'));
    expect((await planner.plan(fabricOf(2, 3), drained)).moves).toHaveLength(3);
    await expect(planner.plan(fabricOf(4, 12), drained)).rejects.toMatchObject({ code: 'planning.broken' });
  });
});

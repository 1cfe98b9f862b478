import { join } from 'node:path';
import type { FabricMove } from '../../../lab/hyperv/model';
import { simulatedHyperV } from '../../../lab/hyperv/simulated-hyperv';
import { waitFor } from '../../../lab/wait-for';
import { cleanUp } from '../../../src/core/hyperv/clean-up';
import { whereIs } from '../../../src/core/hyperv/where-is';
import { openShell, type Shell } from '../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { openFabric } from '../../contract/hyperv-fabric';
import { serveFabric, type FabricServer } from '../../support/fabric-server';
import { testEngine } from '../../support/powershell';

let stage: ReturnType<typeof openFabric>;
let server: FabricServer;
let shell: Shell | null;
beforeEach(async () => {
  stage = openFabric();
  server = await serveFabric(stage.fabric, stage.clock);
  const module = join(__dirname, 'prompt.psm1');
  const ports = { clock: systemClock, random: systemRandom };
  shell = await openShell({ executable: testEngine(), module, env: server.env, ...ports });
});
afterEach(async () => {
  shell?.kill();
  await server.stop();
});

async function type(typed: string): Promise<string> {
  const answer = await shell?.call({ call: 'type', arguments: { typed } }, 30_000);
  return answer?.kind === 'error' ? answer.message : (answer?.kind ?? 'no shell');
}

/** Lets a move of web-01 leave something at hyper-v02. */
async function leave(kind: 'registered' | 'planned'): Promise<string> {
  const { fabric, clock } = stage;
  const machine = fabric.at(clock.now()).machines[0]?.id ?? '';
  fabric.spoil(machine, kind === 'planned' ? 'hangs' : 'both-sides');
  const order = { id: 'm1', machine, to: 'hyper-v02', storage: null, isLocal: false };
  await fabric.start(order, clock.now());
  if (kind === 'planned') {
    stage.crash('hyper-v02');
    stage.boot('hyper-v02', 'running');
  }
  await waitFor('the end of the move', async (): Promise<FabricMove | undefined> =>
    fabric.at(clock.now()).moves.find(({ state }) => state === 'failed'),
  );
  return machine;
}

async function look(machine: string) {
  const hyperV = simulatedHyperV(stage.fabric, stage.clock);
  return whereIs(machine, await hyperV.inventory(['hyper-v01', 'hyper-v02']));
}

it.each(['registered', 'planned'] as const)(
  'a person removes what is %s with the command, and nothing else',
  async (kind) => {
    const machine = await leave(kind);
    const before = await look(machine);
    expect(before).toMatchObject({ where: 'here', host: 'hyper-v01', copies: [{ kind }] });
    const [first, ...more] = cleanUp(before);
    expect(more).toEqual([]);
    expect(await type(first?.command ?? '')).toBe('data');
    expect(await look(machine)).toMatchObject({ where: 'here', host: 'hyper-v01', copies: [] });
  },
);

it('the command leaves a machine alone that runs there by then', async () => {
  const machine = await leave('registered');
  const [first] = cleanUp(await look(machine));
  // Somebody has removed the copy, and moved the machine itself.
  stage.fabric.removeCopy(machine, 'hyper-v02');
  await stage.fabric.start(
    { id: 'm2', machine, to: 'hyper-v02', storage: null, isLocal: false },
    stage.clock.now(),
  );
  stage.pass(3600_000);
  expect(await look(machine)).toMatchObject({ where: 'here', host: 'hyper-v02' });
  expect(await type(first?.command ?? '')).toBe('data');
  expect(await look(machine)).toMatchObject({
    where: 'here',
    host: 'hyper-v02',
    reading: { state: 'running' },
  });
});

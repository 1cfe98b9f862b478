import { join } from 'node:path';
import type { Fabric } from '../../lab/hyperv/fabric';
import type { FabricClock } from '../../lab/hyperv/fabric-clock';
import { repositoryRoot } from '../../lab/repository';
import { openPowerShellHyperV } from '../../src/jobs/hyperv/powershell-hyperv';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { serveFabric } from '../support/fabric-server';
import { testEngine } from '../support/powershell';
import { openFabric } from './hyperv-fabric';
import { hyperVSuite } from './hyperv-suite';

type Served = Awaited<ReturnType<typeof openServed>>;

/** One pool for all tests, as a worker has it: what a shell keeps from call to call must not tell in the next one. */
let served: Served | undefined;
afterAll(async () => {
  await served?.hyperV.close();
  await served?.server.stop();
});

async function openServed(fabric: Fabric, clock: FabricClock) {
  const server = await serveFabric(fabric, clock);
  const hyperV = openPowerShellHyperV({
    executable: testEngine(),
    module: join(repositoryRoot, 'lab/powershell/practice-handover.psm1'),
    size: 1,
    env: server.env,
    clock: systemClock,
    random: systemRandom,
  });
  return { server, hyperV };
}

hyperVSuite('PowerShell with the practice module', async () => {
  const { fabric, clock, ...hands } = openFabric();
  if (served) served.server.serve(fabric, clock);
  else served = await openServed(fabric, clock);
  return { hyperV: served.hyperV, ...hands, stop: () => Promise.resolve() };
});

import { join } from 'node:path';
import { repositoryRoot } from '../../lab/repository';
import type { HyperV } from '../../src/core/hyperv-port';
import { openPowerShellHyperV } from '../../src/jobs/hyperv/powershell-hyperv';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { serveFabric, type FabricServer } from '../support/fabric-server';
import { testEngine } from '../support/powershell';
import { openFabric } from './hyperv-fabric';
import { hyperVSuite } from './hyperv-suite';

let server: FabricServer;
let hyperV: HyperV;

// One shell for all: each test has a fabric of its own.
beforeAll(async () => {
  const { fabric, clock } = openFabric();
  server = await serveFabric(fabric, clock);
  hyperV = openPowerShellHyperV({
    executable: testEngine(),
    module: join(repositoryRoot, 'lab/powershell/practice-handover.psm1'),
    size: 1,
    env: server.env,
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await hyperV.close();
  await server.stop();
});

hyperVSuite('PowerShell with the practice module', () => {
  const { fabric, clock, ...hands } = openFabric();
  server.show(fabric, clock);
  return Promise.resolve({ hyperV, ...hands, stop: () => Promise.resolve() });
});

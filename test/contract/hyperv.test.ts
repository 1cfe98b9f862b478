import { join } from 'node:path';
import { repositoryRoot } from '../../lab/repository';
import { openPowerShellHyperV } from '../../src/jobs/hyperv/powershell-hyperv';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { serveFabric } from '../support/fabric-server';
import { testEngine } from '../support/powershell';
import { openFabric } from './hyperv-fabric';
import { hyperVSuite } from './hyperv-suite';

hyperVSuite('PowerShell with the practice module', async () => {
  const { fabric, clock, ...hands } = openFabric();
  const server = await serveFabric(fabric, clock);
  const hyperV = openPowerShellHyperV({
    executable: testEngine(),
    module: join(repositoryRoot, 'lab/powershell/practice-handover.psm1'),
    size: 1,
    env: server.env,
    clock: systemClock,
    random: systemRandom,
  });
  return {
    hyperV,
    ...hands,
    async stop() {
      await hyperV.close();
      await server.stop();
    },
  };
});

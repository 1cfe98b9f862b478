import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { moduleRoute } from '../../lab/hyperv/module-route';
import { repositoryRoot } from '../../lab/repository';
import { parseJson, readBody, sendJson } from '../../lab/slack/http';
import { openPowerShellHyperV } from '../../src/jobs/hyperv/powershell-hyperv';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { testEngine } from '../support/powershell';
import { openFabric } from './hyperv-fabric';
import { hyperVSuite } from './hyperv-suite';

hyperVSuite('PowerShell with the practice module', async () => {
  const { fabric, clock, ...hands } = openFabric();
  const route = moduleRoute(fabric, clock);
  const server = createServer((request, response) => {
    void readBody(request)
      .then((text) => route({ query: new URLSearchParams(), body: parseJson(text ?? '') } as never))
      .then((answer) => sendJson(response, 200, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const hyperV = openPowerShellHyperV({
    executable: testEngine(),
    module: join(repositoryRoot, 'lab/powershell/practice-handover.psm1'),
    size: 1,
    env: { HANDOVER_FABRIC_URL: url, HANDOVER_FABRIC_TOKEN: 'token' },
    clock: systemClock,
    random: systemRandom,
  });
  return {
    hyperV,
    ...hands,
    async stop() {
      await hyperV.close();
      // Who waits for the end of a move hears of one.
      for (const { name } of fabric.at(clock.now()).hosts) hands.crash(name);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Fabric } from '../../lab/hyperv/fabric';
import { openFabricClock } from '../../lab/hyperv/fabric-clock';
import { moduleRoute } from '../../lab/hyperv/module-route';
import { practiceFabric } from '../../lab/hyperv/practice-fabric';
import { simulatedHyperV } from '../../lab/hyperv/simulated-hyperv';
import { findEngine } from '../../lab/powershell/find-engine';
import { repositoryRoot } from '../../lab/repository';
import { parseJson, readBody, sendJson } from '../../lab/slack/http';
import { openPowerShellHyperV } from '../../src/jobs/hyperv/powershell-hyperv';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { hyperVSuite, type HyperVStage } from './hyperv-suite';

/** A move of four gigabytes takes four seconds; here a twentieth of that. */
const SCALE = 20;

function openFabric() {
  let isGranted = true;
  const clock = openFabricClock(SCALE, Date.now);
  const fabric = new Fabric({ ...practiceFabric(clock.now()), now: clock.now() }, () =>
    Promise.resolve(isGranted),
  );
  const fail = (machine: string): void => {
    const move = fabric.at(clock.now()).moves.find((each) => each.machine === machine);
    fabric.fail(move?.id ?? '', clock.now());
  };
  const spoil = fabric.spoil.bind(fabric);
  const crash = (host: string): void => fabric.crash(host, clock.now());
  const boot = (host: string, vmms: 'running' | 'stopped'): void => fabric.boot(host, vmms, clock.now());
  return { fabric, clock, fail, spoil, crash, boot, grant: (now: boolean) => void (isGranted = now) };
}

hyperVSuite('the fabric in this process', () => {
  const { fabric, clock, ...hands } = openFabric();
  const hyperV = simulatedHyperV(fabric, clock);
  return Promise.resolve<HyperVStage>({ hyperV, ...hands, stop: () => hyperV.close() });
});

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
    executable: (await findEngine())?.executable ?? '',
    module: join(repositoryRoot, 'test/contract/practice-handover.psm1'),
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

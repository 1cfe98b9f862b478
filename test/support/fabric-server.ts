import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fabric } from '../../lab/hyperv/fabric';
import type { FabricClock } from '../../lab/hyperv/fabric-clock';
import { moduleRoute } from '../../lab/hyperv/module-route';
import { parseJson, readBody, sendJson } from '../../lab/slack/http';

/** A fabric as PowerShell's practice module finds it. */
export interface FabricServer {
  /** What its processes have to know. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Serves what the practice module asks of a fabric. */
export async function serveFabric(fabric: Fabric, clock: FabricClock): Promise<FabricServer> {
  const route = moduleRoute(fabric, clock);
  const server = createServer((request, response) => {
    void readBody(request)
      .then((text) => route({ query: new URLSearchParams(), body: parseJson(text ?? '') } as never))
      .then((answer) => sendJson(response, 200, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    env: { HANDOVER_FABRIC_URL: url, HANDOVER_FABRIC_TOKEN: 'token' },
    async stop() {
      // Who waits for the end of a move hears of one.
      for (const { name } of fabric.at(clock.now()).hosts) fabric.crash(name, clock.now());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

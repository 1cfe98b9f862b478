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
  /** Serves another fabric from now on, at the same address. */
  show(fabric: Fabric, clock: FabricClock): void;
  stop(): Promise<void>;
}

/** Serves what the practice module asks of a fabric. */
export async function serveFabric(fabric: Fabric, clock: FabricClock): Promise<FabricServer> {
  let shown = { fabric, clock, route: moduleRoute(fabric, clock) };
  const server = createServer((request, response) => {
    void readBody(request)
      .then((text) => shown.route({ query: new URLSearchParams(), body: parseJson(text ?? '') } as never))
      .then((answer) => sendJson(response, 200, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    env: { HANDOVER_FABRIC_URL: url, HANDOVER_FABRIC_TOKEN: 'token' },
    show(next, nextClock) {
      end(shown);
      shown = { fabric: next, clock: nextClock, route: moduleRoute(next, nextClock) };
    },
    async stop() {
      end(shown);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Who waits for the end of a move hears of one. */
function end({ fabric, clock }: { fabric: Fabric; clock: FabricClock }): void {
  for (const { name } of fabric.at(clock.now()).hosts) fabric.crash(name, clock.now());
}

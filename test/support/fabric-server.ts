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
  /** Ends what is under way, and serves this fabric from now on. */
  serve(fabric: Fabric, clock: FabricClock): void;
  stop(): Promise<void>;
}

/** Serves what the practice module asks of a fabric. */
export async function serveFabric(fabric: Fabric, clock: FabricClock): Promise<FabricServer> {
  let served = { fabric, clock, route: moduleRoute(fabric, clock) };
  // Who waits for the end of a move hears of one.
  const endMoves = (): void => {
    const now = served.clock.now();
    for (const { name } of served.fabric.at(now).hosts) served.fabric.crash(name, now);
  };
  const server = createServer((request, response) => {
    void readBody(request)
      .then((text) => served.route({ query: new URLSearchParams(), body: parseJson(text ?? '') } as never))
      .then((answer) => sendJson(response, 200, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    env: { HANDOVER_FABRIC_URL: url, HANDOVER_FABRIC_TOKEN: 'token' },
    serve(next, at) {
      endMoves();
      served = { fabric: next, clock: at, route: moduleRoute(next, at) };
    },
    async stop() {
      endMoves();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

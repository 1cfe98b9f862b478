import type { ExtraRoute } from '../slack/options';
import { Fabric } from './fabric';
import { openFabricClock } from './fabric-clock';
import { portRoute } from './fabric-route';
import { moduleRoute } from './module-route';
import { practiceFabric } from './practice-fabric';
import { fabricRoutes } from './routes';
import type { Tickets } from './tickets';

/** What the fabric of one lab is started with. */
interface FabricPlace {
  /** Domain controllers by name: hosts ask them by turns. */
  readonly controllers: readonly string[];
  readonly tickets: Tickets;
  /** How many seconds pass on the fabric in one. */
  readonly timeScale: number;
}

/** The practice fabric with its control routes: for the page, for people, and for the practice module of PowerShell. */
export function startFabric({ controllers, tickets, timeScale }: FabricPlace): Record<string, ExtraRoute> {
  const clock = openFabricClock(timeScale, Date.now);
  const now = clock.now();
  const fabric = new Fabric({ ...practiceFabric(now, controllers), now }, tickets.ask);
  return {
    ...fabricRoutes(fabric, clock, tickets.judge),
    'POST /_lab/hyperv': moduleRoute(fabric, clock),
    'POST /_lab/hyperv-port': portRoute(fabric, clock),
  };
}

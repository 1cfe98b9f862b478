import { z } from 'zod';
import { EnvelopeFault, MethodFault } from '../faults';
import type { ControlRoute } from './route';
import { postRoute } from './route';

const Disconnect = z.object({
  kind: z.literal('disconnect'),
  connections: z.enum(['one', 'all']).default('all'),
  reason: z
    .enum(['refresh_requested', 'warning', 'link_disabled', 'too_many_websockets'])
    .default('refresh_requested'),
  /** Cut the connections instead of asking them to go. */
  drop: z.boolean().default(false),
});

const FaultOrder = z.union([MethodFault, EnvelopeFault, Disconnect, z.object({ kind: z.literal('clear') })]);

/** What `POST /_lab/faults` takes. */
export type FaultOrder = z.input<typeof FaultOrder>;

/** `POST /_lab/faults`: orders a fault; `disconnect` strikes at once. The answer lists what is still to strike. */
export const orderFault: ControlRoute = postRoute(FaultOrder, (parts, order) => {
  let disconnected = 0;
  switch (order.kind) {
    case 'clear':
      parts.faults.clear();
      break;
    case 'disconnect':
      disconnected = parts.connections.disconnect({
        which: order.connections,
        reason: order.reason,
        drop: order.drop,
      });
      break;
    case 'delay-envelope':
    case 'duplicate':
    case 'cut':
      parts.faults.addEnvelopeFault(order);
      break;
    default:
      parts.faults.addMethodFault(order);
  }
  return { ok: true, faults: parts.faults.list(), disconnected };
});

/** `GET /_lab/faults`: what is still to strike. */
export const listFaults: ControlRoute = {
  run: (parts) => ({ ok: true, faults: parts.faults.list() }),
};

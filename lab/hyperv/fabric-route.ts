import { z } from 'zod';
import type { HyperV } from '../../src/core/hyperv-port';
import { Fault } from '../../src/core/problem';
import type { Fields } from '../slack/fields';
import type { ExtraRoute } from '../slack/options';
import type { Fabric } from './fabric';
import type { FabricClock } from './fabric-clock';
import { simulatedHyperV } from './simulated-hyperv';

/** A call of the port as it travels: a method and its arguments. */
const Call = z.object({
  method: z.enum(['inventory', 'pulse', 'configure', 'compare', 'start', 'tell', 'moves', 'purge']),
  args: z.array(z.unknown()).max(2),
});
export type FabricCall = z.infer<typeof Call>;

/** `POST /_lab/hyperv-port`: the port itself, for a worker on a machine that has no PowerShell. */
export function portRoute(fabric: Fabric, clock: FabricClock): ExtraRoute {
  const hyperV = simulatedHyperV(fabric, clock);
  return async ({ body }): Promise<Fields> => {
    const call = Call.safeParse(body);
    if (!call.success) return { ok: false, error: 'invalid_arguments' };
    try {
      return { ok: true, result: (await answer(hyperV, call.data)) ?? null };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { code, retry, message, remedy } = error;
      return { ok: false, fault: { code, retry, message, remedy } };
    }
  };
}

function answer(hyperV: HyperV, { method, args }: FabricCall): Promise<unknown> {
  // SAFETY: the client of the same program sends what the port's types say.
  const act = hyperV[method] as (...given: readonly unknown[]) => Promise<unknown>;
  return act(...args);
}

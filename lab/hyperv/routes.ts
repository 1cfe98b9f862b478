import { z } from 'zod';
import type { ExtraRoute } from '../slack/options';
import { freeDisk, freeMemory } from './blockers';
import type { Fabric } from './fabric';
import type { FabricClock } from './fabric-clock';
import type { Tickets } from './tickets';

const Action = z.discriminatedUnion('action', [
  /** Forgets what the host remembers of the KDC's refusals. */
  z.strictObject({ action: z.literal('purge'), host: z.string() }),
  /** Down, and up again when it is said once more. */
  z.strictObject({ action: z.literal('down'), host: z.string() }),
  z.strictObject({
    action: z.literal('up'),
    host: z.string(),
    vmms: z.enum(['running', 'stopped']).optional(),
  }),
  /** Breaks the move of a machine. */
  z.strictObject({ action: z.literal('fail'), vm: z.string() }),
]);

/** The routes of the page's Fabric panel: `GET /_lab/fabric` is what is there now, `POST /_lab/fabric` what somebody does to it. */
export function fabricRoutes(
  fabric: Fabric,
  clock: FabricClock,
  judge: Tickets['judge'],
): Record<string, ExtraRoute> {
  const look = () => fabric.at(clock.now());
  return {
    'GET /_lab/fabric': () => {
      const { now, hosts, machines, moves } = look();
      const around = { machines, moves };
      return Promise.resolve({
        ok: true,
        now,
        timeScale: clock.scale,
        judge,
        hosts: hosts.map((host) => ({
          ...host,
          freeMemoryBytes: freeMemory(host, around),
          freeDiskBytes: freeDisk(host, around),
          denials: fabric.denials.of(host.name, now),
        })),
        machines,
        moves,
      });
    },
    'POST /_lab/fabric': ({ body }) => {
      const read = Action.safeParse(body);
      if (!read.success) {
        return Promise.resolve({
          ok: false,
          error: 'invalid_arguments',
          detail: z.prettifyError(read.error),
        });
      }
      return Promise.resolve(act(fabric, read.data, clock.now()));
    },
  };
}

function act(fabric: Fabric, action: z.infer<typeof Action>, now: number) {
  const { hosts, machines, moves } = fabric.at(now);
  if (action.action === 'fail') {
    const machine = machines.find(({ id, name }) => id === action.vm || name === action.vm);
    const move = moves.find((each) => each.machine === machine?.id && each.state === 'running');
    if (!move) return { ok: false, error: 'not_found', detail: `Nothing moves ${action.vm}.` };
    fabric.fail(move.id, now);
    return { ok: true };
  }
  if (!hosts.some(({ name }) => name === action.host)) {
    return { ok: false, error: 'not_found', detail: `There is no host ${action.host}.` };
  }
  if (action.action === 'purge') fabric.denials.purge(action.host);
  else if (action.action === 'down') fabric.configure(action.host, { isUp: false });
  else fabric.configure(action.host, { isUp: true, bootedAt: now, vmms: action.vmms ?? 'running' });
  return { ok: true };
}

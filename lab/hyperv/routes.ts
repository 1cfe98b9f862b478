import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ExtraRoute } from '../slack/options';
import { freeMemory } from './blockers';
import type { Fabric } from './fabric';
import { GB, moveFaults, type FabricMachine } from './model';
import { SCALES, type FabricClock } from './fabric-clock';
import { freeDisk } from './storage';
import type { Tickets } from './tickets';

const Action = z.discriminatedUnion('action', [
  /** Forgets what the host remembers of the KDC's refusals. */
  z.strictObject({ action: z.literal('purge'), host: z.string() }),
  /** Whether Handover's account may let the host forget them; at first it may. */
  z.strictObject({ action: z.literal('purge-right'), host: z.string(), isGiven: z.boolean() }),
  /** How many seconds pass on the fabric in one, from now on. */
  z.strictObject({
    action: z.literal('time-scale'),
    scale: z.number().min(SCALES.least).max(SCALES.most),
  }),
  /** Down, and up again when it is said once more. */
  z.strictObject({ action: z.literal('down'), host: z.string() }),
  z.strictObject({
    action: z.literal('up'),
    host: z.string(),
    vmms: z.enum(['running', 'stopped']).optional(),
    /** Of Windows, after an update. */
    build: z.int().optional(),
  }),
  /** Takes what is in its drive out of a machine. */
  z.strictObject({ action: z.literal('eject'), vm: z.string() }),
  /** Breaks the move of a machine. */
  z.strictObject({ action: z.literal('fail'), vm: z.string() }),
  /** Lets the next move of a machine go wrong. */
  z.strictObject({ action: z.literal('spoil'), vm: z.string(), fault: z.enum(moveFaults) }),
  /** One more machine, of 4 GB unless said and on a share, or with so many GB of its host's own disk, or with a disk of the host itself. */
  z.strictObject({
    action: z.literal('add'),
    vm: z.string().regex(/^[a-z0-9-]{1,15}$/),
    host: z.string(),
    localGigabytes: z.int().min(1).max(1_000).optional(),
    passThrough: z.string().min(1).max(40).optional(),
    memoryGigabytes: z.int().min(1).max(64).optional(),
  }),
  /** What a broken move has left at a host goes. */
  z.strictObject({ action: z.literal('remove-copy'), vm: z.string(), host: z.string() }),
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
      const { now, hosts, ...around } = look();
      return Promise.resolve({
        ok: true,
        now,
        timeScale: clock.scale,
        judge,
        hosts: hosts.map((host) => ({
          ...host,
          freeMemoryBytes: freeMemory(host, around),
          disks: host.disks.map((disk) => ({ ...disk, freeBytes: freeDisk(host, around, disk.path) })),
          denials: fabric.denials.of(host.name, now),
        })),
        ...around,
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
      return Promise.resolve(act({ fabric, clock }, read.data));
    },
  };
}

type Action = z.infer<typeof Action>;

interface Desk {
  readonly fabric: Fabric;
  readonly clock: FabricClock;
}

function act({ fabric, clock }: Desk, action: Action) {
  const now = clock.now();
  const { hosts, machines } = fabric.at(now);
  const machine =
    'vm' in action ? machines.find(({ id, name }) => id === action.vm || name === action.vm) : null;
  if ('host' in action && !hosts.some(({ name }) => name === action.host)) {
    return notFound(`There is no host ${action.host}.`);
  }
  if ('vm' in action && !machine && action.action !== 'add') {
    return notFound(`There is no machine ${action.vm}.`);
  }
  return carryOut({ fabric, clock }, action, { id: machine?.id ?? '', now });
}

function carryOut({ fabric, clock }: Desk, action: Action, { id, now }: { id: string; now: number }) {
  const done = { ok: true };
  switch (action.action) {
    case 'purge':
      fabric.denials.purge(action.host);
      return done;
    case 'purge-right':
      fabric.denials.letPurge(action.host, action.isGiven);
      return done;
    case 'time-scale':
      clock.setScale(action.scale);
      return done;
    case 'down':
      fabric.crash(action.host, now);
      return done;
    case 'up':
      fabric.update(action.host, action.build ?? null);
      fabric.boot(action.host, action.vmms ?? 'running', now);
      return done;
    case 'eject':
      fabric.eject(id);
      return done;
    case 'fail': {
      const move = fabric.at(now).moves.find((each) => each.machine === id && each.state === 'running');
      if (!move) return notFound(`Nothing moves ${action.vm}.`);
      fabric.fail(move.id, now);
      return done;
    }
    case 'spoil':
      fabric.spoil(id, action.fault);
      return done;
    case 'add':
      return add(fabric, action, now);
    case 'remove-copy':
      fabric.removeCopy(id, action.host);
      return done;
  }
}

function add(fabric: Fabric, wish: Extract<Action, { action: 'add' }>, now: number) {
  const { vm: name, host } = wish;
  const { machines, hosts } = fabric.at(now);
  const [like] = machines;
  if (!like) return notFound('There is no machine that a new one could be like.');
  const id = randomUUID();
  const folder = hosts.find((each) => each.name === host)?.machinePath ?? '';
  const bytes = wish.memoryGigabytes === undefined ? null : wish.memoryGigabytes * GB;
  const memory =
    bytes === null
      ? like.memory
      : { ...like.memory, startupBytes: bytes, assignedBytes: bytes, demandBytes: bytes * 0.7 };
  fabric.add({ ...like, id, name, host, memory, disks: disksOf(wish, like, folder), startedAt: now });
  return { ok: true, id };
}

function disksOf(
  { vm: name, localGigabytes, passThrough }: Extract<Action, { action: 'add' }>,
  like: FabricMachine,
  folder: string,
): FabricMachine['disks'] {
  if (passThrough !== undefined) return [{ path: passThrough, bytes: 500 * GB, kind: 'pass-through' }];
  if (localGigabytes !== undefined)
    return [{ path: `${folder}\\${name}.vhdx`, bytes: localGigabytes * GB, kind: 'local' }];
  return like.disks.map((disk) => ({ ...disk, path: disk.path.replaceAll(like.name, name) }));
}

function notFound(detail: string) {
  return { ok: false, error: 'not_found', detail };
}

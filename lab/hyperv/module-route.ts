import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ExtraRoute } from '../slack/options';
import type { Fabric } from './fabric';
import type { FabricClock } from './fabric-clock';
import { instancesOf, windowsInstancesOf } from './instances';
import type { FabricHost, FabricMove, WindowsError } from './model';
import { TOLD } from './power';
import { readingOf } from './readings';
import { accessDenied, alreadyMoving, callFailed } from './windows-errors';

const Storage = z.strictObject({ path: z.string(), only: z.array(z.string()).nullable() }).nullable();
const Move = { machine: z.string(), from: z.string(), to: z.string(), storage: Storage };
const Change = z
  .strictObject({
    enabled: z.boolean(),
    auth: z.enum(['credssp', 'kerberos']),
    most: z.int(),
    mostStorage: z.int(),
    anyNetwork: z.boolean(),
  })
  .partial();

const Wish = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('host'), host: z.string() }),
  z.strictObject({ do: z.literal('machines'), host: z.string() }),
  z.strictObject({ do: z.literal('disk'), host: z.string(), path: z.string() }),
  z.strictObject({ do: z.literal('configure'), host: z.string(), change: Change }),
  z.strictObject({
    do: z.literal('add-network'),
    host: z.string(),
    subnet: z.string(),
    priority: z.int(),
  }),
  z.strictObject({ do: z.literal('remove-network'), host: z.string(), subnet: z.string() }),
  z.strictObject({ do: z.literal('compare'), ...Move }),
  z.strictObject({ do: z.literal('move'), ...Move }),
  z.strictObject({ do: z.literal('cim'), host: z.string(), class: z.string(), namespace: z.string() }),
  z.strictObject({ do: z.literal('purge'), host: z.string() }),
  z.strictObject({
    do: z.literal('tell'),
    host: z.string(),
    machine: z.string().toLowerCase(),
    what: z.enum(TOLD),
  }),
  z.strictObject({
    do: z.literal('remove'),
    host: z.string(),
    machine: z.string().toLowerCase(),
    kind: z.enum(['registered', 'planned']),
  }),
]);
type Wish = z.infer<typeof Wish>;

/** How often a move that somebody waits for is looked at, in real milliseconds. */
const LOOK_EVERY_MS = 20;

/** `POST /_lab/hyperv`: what the practice module of PowerShell asks of the fabric. */
export function moduleRoute(fabric: Fabric, clock: FabricClock): ExtraRoute {
  return async ({ body }) => {
    const wish = Wish.safeParse(body);
    if (!wish.success) return { ok: false, code: '', message: z.prettifyError(wish.error) };
    try {
      return { ok: true, data: (await fulfil(fabric, clock, wish.data)) ?? null };
    } catch (error) {
      if (error instanceof Refused) return { ok: false, ...error.failure };
      throw error;
    }
  };
}

/** What Windows would say. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly failure: WindowsError;

  constructor(failure: WindowsError) {
    super(failure.message);
    this.failure = failure;
  }
}

async function fulfil(fabric: Fabric, clock: FabricClock, wish: Wish): Promise<unknown> {
  const world = fabric.at(clock.now());
  const name = 'host' in wish ? wish.host : wish.from;
  const host = world.hosts.find((each) => each.name === name);
  if (!host) {
    throw new Refused({ code: '0x80072AF9', message: `No such host is known: ${name} (0x80072AF9).` });
  }
  const early = wish.do === 'cim' && host.isUp ? windowsInstancesOf(wish.class, { world, host }) : null;
  if (early) return early;
  const { facts, silent } = readingOf(host, world, world.now);
  if (silent) throw new Refused({ code: silent.code, message: `${silent.message} (${silent.code})` });
  switch (wish.do) {
    case 'host':
      return host;
    case 'machines':
      return facts.machines;
    case 'disk':
      return diskOf(world, wish.path);
    case 'cim':
      return instancesOf(wish.class, { world, host, facts });
    case 'compare':
    case 'move':
      return moveOrCompare(fabric, clock, wish);
    case 'tell':
      return tell(fabric, clock, wish);
    default:
      return set(fabric, { world, host }, wish);
  }
}

type World = ReturnType<Fabric['at']>;

function diskOf({ machines }: World, wanted: string): number {
  return machines.flatMap(({ disks }) => disks).find(({ path }) => path === wanted)?.bytes ?? 0;
}

/** What changes a host. */
function set(
  fabric: Fabric,
  { world, host: { name, migration } }: { world: World; host: FabricHost },
  wish: Extract<Wish, { do: 'configure' | 'add-network' | 'remove-network' | 'purge' | 'remove' }>,
): void {
  switch (wish.do) {
    case 'configure':
      return fabric.configure(name, { migration: { ...migration, ...defined(wish.change) } });
    case 'add-network': {
      const networks = [...migration.networks, { subnet: wish.subnet, priority: wish.priority }];
      return fabric.configure(name, { migration: { ...migration, networks } });
    }
    case 'remove-network': {
      const networks = migration.networks.filter(({ subnet }) => subnet !== wish.subnet);
      return fabric.configure(name, { migration: { ...migration, networks } });
    }
    case 'purge':
      if (!fabric.denials.isPurgeLet(name)) throw new Refused(accessDenied(name));
      return fabric.denials.purge(name);
    case 'remove': {
      const { machine, kind } = wish;
      // What is no copy is the machine itself, which the practice hosts never lose; Windows refuses while it runs.
      const isThere = world.copies.some(
        (copy) => copy.machine === machine && copy.host === name && copy.kind === kind,
      );
      if (!isThere) throw new Refused(alreadyMoving(machine));
      return fabric.removeCopy(machine, name, kind);
    }
  }
}

async function moveOrCompare(
  fabric: Fabric,
  clock: FabricClock,
  { do: what, ...order }: Extract<Wish, { do: 'compare' | 'move' }>,
): Promise<unknown> {
  if (what === 'move') {
    const begun = await fabric.start({ id: randomUUID(), ...order, isLocal: false }, clock.now());
    // It goes on, and who has asked for it does not hear that.
    if ('fault' in begun && begun.fault === 'reply-lost') throw new Refused(callFailed(order.from));
    return moved(fabric, clock, begun);
  }
  const found = await fabric.compare({ ...order, isLocal: false }, clock.now());
  const [first] = found;
  // Without a sign-in there is no report, only an error.
  if (first?.code.startsWith('0x8009')) throw new Refused(first);
  return found;
}

/** Waits until the move is over, as `Move-VM` does. */
async function moved(fabric: Fabric, clock: FabricClock, begun: FabricMove | WindowsError): Promise<null> {
  if ('code' in begun) throw new Refused(begun);
  for (;;) {
    const move = fabric.at(clock.now()).moves.find(({ id }) => id === begun.id);
    if (move?.error) throw new Refused(move.error);
    if (move?.state === 'done') return null;
    await pause(LOOK_EVERY_MS);
  }
}

/** Waits until it is so, as `Stop-VM` does. */
async function tell(
  fabric: Fabric,
  clock: FabricClock,
  { machine, what }: Extract<Wish, { do: 'tell' }>,
): Promise<null> {
  const said = fabric.tell(machine, what, clock.now());
  if ('code' in said) throw new Refused(said);
  const isEnding = () =>
    fabric.at(clock.now()).machines.some(({ id, ending }) => id === machine && ending !== undefined);
  while (isEnding()) await pause(LOOK_EVERY_MS);
  return null;
}

type Defined<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

function defined<T extends object>(of: T): Partial<Defined<T>> {
  // SAFETY: what is undefined is left out.
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
}

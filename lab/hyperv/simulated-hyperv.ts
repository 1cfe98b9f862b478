import { randomUUID } from 'node:crypto';
import type { HostReading, HyperV, MoveOrder, MovesReading, PulseReading } from '../../src/core/hyperv-port';
import { mustBeMove } from '../../src/core/hyperv/move-order';
import { Fault } from '../../src/core/problem';
import type { Fabric } from './fabric';
import type { FabricNow } from './fabric-clock';
import type { FabricMachine } from './model';
import { accessDenied } from './windows-errors';
import { moveReading, movesShownAt, pulseOf, readingOf } from './readings';

/** The port on a fabric in this process: what a machine without PowerShell practises with. */
export function simulatedHyperV(fabric: Fabric, clock: FabricNow): HyperV {
  const hostOf = (name: string) => {
    const host = fabric.at(clock.now()).hosts.find((each) => each.name === name);
    if (host?.isUp && host.vmms === 'running') return host;
    throw new Fault({
      code: 'hyperv.unreachable',
      retry: 'later',
      message: `${name} does not answer.`,
      remedy: `Check that ${name} is up and that WinRM answers.`,
    });
  };
  return {
    inventory: async (names) => names.map((name) => readHost(fabric.at(clock.now()), name)),
    pulse: async (names) => names.map((name) => readPulse(fabric.at(clock.now()), name)),
    async configure(name, { networks, transport, ...rest }) {
      const { migration } = hostOf(name);
      const subnets = networks?.map((subnet, at) => ({ subnet, priority: at + 1 }));
      fabric.configure(name, {
        migration: {
          ...migration,
          ...rest,
          ...(transport && { transport }),
          ...(subnets && { networks: subnets }),
        },
      });
    },
    async compare(order) {
      mustBeMove(order);
      hostOf(order.from);
      if (!isThere(fabric, clock, order)) throw notFound(order);
      const { machines } = fabric.at(clock.now());
      return fabric.compare(askOf(order, machines), clock.now());
    },
    async start(order) {
      mustBeMove(order);
      hostOf(order.from);
      // Without a code nobody can tell it from a broken connection.
      if (!isThere(fabric, clock, order)) throw notAnswered();
      const { machines } = fabric.at(clock.now());
      const begun = await fabric.start({ id: randomUUID(), ...askOf(order, machines) }, clock.now());
      if ('code' in begun) return begun;
      if (begun.fault === 'reply-lost') throw notAnswered();
      return 'begun';
    },
    async tell({ machine, host, what }) {
      hostOf(host);
      if (!isThere(fabric, clock, { machine, from: host })) throw notFound({ machine, from: host });
      const said = fabric.tell(machine, what, clock.now());
      return 'code' in said ? said : 'told';
    },
    moves: async (names) => names.map((name) => readMoves(fabric.at(clock.now()), name)),
    async purge(name) {
      hostOf(name);
      if (!fabric.denials.isPurgeLet(name)) throw notLet(name);
      fabric.denials.purge(name);
    },
    close: () => Promise.resolve(),
  };
}

function readHost(world: ReturnType<Fabric['at']>, name: string): HostReading {
  const host = world.hosts.find((each) => each.name === name);
  if (host) return readingOf(host, world, world.now);
  const silent = { code: '0x80072AF9', message: `No such host is known: ${name}.` };
  return { host: name, at: world.now, facts: null, silent };
}

function readPulse(world: ReturnType<Fabric['at']>, name: string): PulseReading {
  const host = world.hosts.find((each) => each.name === name);
  const at = world.now;
  if (!host?.isUp) {
    const { silent } = readHost(world, name);
    return { host: name, at, pulse: null, silent: silent ?? { code: '', message: '' } };
  }
  return { host: name, at, pulse: pulseOf(host), silent: null };
}

function readMoves(world: ReturnType<Fabric['at']>, host: string): MovesReading {
  const { at, silent } = readHost(world, host);
  if (silent) return { host, at, moves: null, silent };
  return { host, at, moves: movesShownAt(host, world, at).map(moveReading), silent: null };
}

function notAnswered(): Fault {
  return new Fault({
    code: 'hyperv.no-answer',
    retry: 'unknown',
    message: 'The order to move was not answered; whether it is carried out is not known.',
    remedy: 'Both hosts are read again before anything else.',
  });
}

function isThere(
  fabric: Fabric,
  clock: FabricNow,
  { machine, from }: Pick<MoveOrder, 'machine' | 'from'>,
): boolean {
  return fabric.at(clock.now()).machines.some(({ id, host }) => id === machine && host === from);
}

function notLet(host: string): Fault {
  const { code, message } = accessDenied(host);
  return new Fault({
    code: 'hyperv.refused',
    retry: 'never',
    message: `${message} (${code})`,
    remedy: `Let the account of the Windows worker administer ${host}.`,
  });
}

/** As `Get-VM -Id` says it of a machine that is elsewhere. */
function notFound({ machine, from }: Pick<MoveOrder, 'machine' | 'from'>): Fault {
  return new Fault({
    code: 'hyperv.refused',
    retry: 'later',
    message: `Hyper-V was unable to find a virtual machine with id "${machine}".`,
    remedy: `Read again where the machine is: it is not on ${from}.`,
  });
}

/** Files on a share stay where they are when the machine moves to another host. */
function askOf({ machine: id, from, to, storage: path }: MoveOrder, machines: readonly FabricMachine[]) {
  const disks = machines.find((each) => each.id === id)?.disks ?? [];
  const local = disks.flatMap(({ kind, path: file }) => (kind === 'local' ? [file] : []));
  const storage = path === null ? null : { path, only: from === to ? null : local };
  return { machine: id, to, storage, isLocal: false };
}

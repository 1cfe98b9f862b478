import type { MoveFault } from '../../lab/hyperv/model';
import { waitFor } from '../../lab/wait-for';
import type { HostFacts, HyperV, MachineReading, MoveOrder, MoveReading } from '../../src/core/hyperv-port';

/** A port on the practice fabric, with the KDC's answers in a test's hand. */
export interface HyperVStage {
  readonly hyperV: HyperV;
  /** Whether the KDC grants tickets from now on. */
  grant(isGranted: boolean): void;
  /** Whether the worker's account may let a host forget the KDC's refusals. */
  letPurge(host: string, isLet: boolean): void;
  /** Breaks the move of a machine. */
  fail(machine: string): void;
  /** Lets the next move of a machine go wrong. */
  spoil(machine: string, fault: MoveFault): void;
  /** Ends a host, or lets it come up. */
  crash(host: string): void;
  boot(host: string, vmms: 'running' | 'stopped'): void;
  /** Lets these services of others run there, that balance hosts. */
  balance(host: string, balancers: HostFacts['balancers']): void;
  /** Lets time go by on the fabric, in milliseconds. */
  pass(ms: number): void;
  stop(): Promise<void>;
}

/** A machine on a host, by name. */
export async function machineOn(
  { hyperV }: HyperVStage,
  host: string,
  named: string,
): Promise<MachineReading | undefined> {
  const [reading] = await hyperV.inventory([host]);
  return reading?.facts?.machines.find((machine) => machine.name === named);
}

/** An order to move a machine of hyper-v01, to hyper-v02 unless said. */
export async function orderOf(
  stage: HyperVStage,
  named: string,
  { from = 'hyper-v01', to = 'hyper-v02', storage = null }: Partial<MoveOrder> = {},
): Promise<MoveOrder> {
  return { machine: (await machineOn(stage, from, named))?.id ?? '', from, to, storage };
}

/** What a host that answers shows of moves. */
export async function movesAt(
  { hyperV }: Pick<HyperVStage, 'hyperV'>,
  host = 'hyper-v01',
): Promise<readonly MoveReading[]> {
  const [reading] = await hyperV.moves([host]);
  if (!reading?.moves) throw new Error(`${host} is silent: ${reading?.silent.message ?? ''}`);
  return reading.moves;
}

/** Waits for the end of the one move that a host takes part in. */
export function whenOver({ hyperV }: HyperVStage, host = 'hyper-v01'): Promise<MoveReading> {
  return waitFor('the end of the move', async () =>
    (await movesAt({ hyperV }, host)).find(({ state }) => state !== 'running'),
  );
}

import type { Plan } from '../../../../core/delegation/plan';
import type { HostReading, MoveReading } from '../../../../core/hyperv-port';
import type { MoveStep } from '../../../../core/moves/move-step';
import { whereIs, type Whereabouts } from '../../../../core/hyperv/where-is';
import { labelOf } from '../../../../core/survey/delegated-spn';
import type { HostEffectorParts } from '../parts';

/** Hosts as they are at one look, and the moves that they show. */
export interface Sight {
  reading(host: string): HostReading;
  where(step: MoveStep): Whereabouts;
  /** Moves of this machine between these hosts. */
  jobs(step: MoveStep): readonly MoveReading[];
  /** Whether a host has said which moves it shows: that none is shown says nothing without that. */
  isHeard(host: string): boolean;
  /** The machines that are on their way from or to a host. */
  moving(host: string): readonly string[];
  /** Whether a machine of the plan's envelope is at a destination that it was not on. */
  hasMoved(plan: Pick<Plan, 'hosts'>): boolean;
}

/** Looks at all hosts that moves are about. A host that does not answer keeps nobody waiting, and its moves are not known. */
export async function lookAt(
  { hyperV, clock, settings }: Pick<HostEffectorParts, 'hyperV' | 'clock' | 'settings'>,
  steps: readonly Pick<MoveStep, 'from' | 'to'>[],
): Promise<Sight> {
  // Names come from the ledger: only hosts that this worker is set up for are ever asked.
  const named = new Set(steps.flatMap(({ from, to }) => [from, to]));
  const hosts = settings.hosts.filter((host) => named.has(host));
  const [readings, shown] = await Promise.all([hyperV.inventory(hosts), hyperV.moves(hosts)]);
  const moves = distinct(shown.flatMap((each) => each.moves ?? []));
  const reading = (host: string): HostReading =>
    readings.find((each) => each.host === host) ?? {
      host,
      at: clock.now(),
      facts: null,
      silent: { code: '', message: 'nothing was read' },
    };
  return {
    reading,
    where({ machine, from, to, tries }) {
      const where = whereIs(machine, [reading(from), reading(to)]);
      if (where.where !== 'unknown' || tries > 0) return where;
      // Nobody has told it to go: seen where it was it is there, off too, whatever a destination that is silent may have.
      const before = whereIs(machine, [reading(from)]);
      return before.where === 'here' ? before : where;
    },
    jobs: ({ machine, from, to }) =>
      moves.filter(
        (each) =>
          each.machine === machine && (each.from ?? from) === from && labelOf(each.to).toLowerCase() === to,
      ),
    isHeard: (host) => shown.some((each) => each.host === host && each.moves !== null),
    moving: (host) =>
      moves
        .filter(
          ({ state, from, to }) =>
            state === 'running' && (from === host || labelOf(to).toLowerCase() === host),
        )
        .map(({ machine }) => machine),
    hasMoved: ({ hosts: { envelope } }) =>
      readings.some(({ host, facts }) =>
        facts?.machines.some(({ id }) =>
          envelope?.machines.some((each) => each.id === id && each.from !== host),
        ),
      ),
  };
}

function distinct(moves: readonly MoveReading[]): readonly MoveReading[] {
  return [...new Map(moves.map((move) => [move.id, move])).values()];
}

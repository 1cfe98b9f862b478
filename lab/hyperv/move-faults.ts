import { lostMidway, notRemoved } from './windows-errors';
import type { FabricMachine, FabricMove, MoveFault } from './model';

/** Machines whose names begin so: every move of theirs goes wrong in this way. */
const SENTINELS: Readonly<Record<string, MoveFault>> = {
  'hang-': 'hangs',
  'half-': 'halfway',
  'lost-': 'reply-lost',
  'both-': 'both-sides',
  'mute-': 'unreachable',
};

/** The part of all bytes that is still to go when the fault comes to pass; the others come at the end. */
const LEFT: Readonly<Partial<Record<MoveFault, number>>> = { hangs: 0.6, halfway: 0.5 };

/** What is to go wrong with every move of a machine of this name, or null. */
export function faultOfName(name: string): MoveFault | null {
  return Object.entries(SENTINELS).find(([start]) => name.startsWith(start))?.[1] ?? null;
}

/** How many bytes a move gets no further than; 0: it goes through. */
export function stopsAt({ fault, totalBytes }: Pick<FabricMove, 'fault' | 'totalBytes'>): number {
  return fault === null ? 0 : Math.floor((LEFT[fault] ?? 0) * totalBytes);
}

/** A move at the moment when it has come as far as it gets. */
export function endOf(move: FabricMove, name: string, at: number): FabricMove {
  const leftBytes = stopsAt(move);
  switch (move.fault) {
    case 'hangs':
      return { ...move, leftBytes };
    case 'halfway':
      return { ...move, leftBytes, state: 'failed', endedAt: at, error: lostMidway(name) };
    case 'both-sides':
      return { ...move, leftBytes, state: 'failed', endedAt: at, error: notRemoved(name, move.to) };
    default:
      return { ...move, leftBytes, state: 'done', endedAt: at };
  }
}

/** A machine after its move: at the other host, where it may run and yet be heard by nobody. */
export function arrived(machine: FabricMachine, { to, fault }: FabricMove): FabricMachine {
  const there = { ...machine, host: to };
  return fault === 'unreachable' ? { ...there, heartbeat: 'lost', addresses: [] } : there;
}

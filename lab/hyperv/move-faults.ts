import { disksAfter } from './storage';
import { lostMidway, notRemoved, storageLost } from './windows-errors';
import type { FabricMachine, FabricMove, MoveFault, WindowsError } from './model';

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
      return { ...move, leftBytes, state: 'failed', endedAt: at, error: brokenOf(move, name) };
    case 'both-sides': {
      const error = move.kind === 'storage' ? storageLost(name) : notRemoved(name, move.to);
      return { ...move, leftBytes, state: 'failed', endedAt: at, error };
    }
    default:
      return { ...move, leftBytes, state: 'done', endedAt: at };
  }
}

/** What Windows says of a move that broke. */
export function brokenOf({ kind }: FabricMove, name: string): WindowsError {
  return kind === 'storage' ? storageLost(name) : lostMidway(name);
}

/** A machine after its move: at the other host, or with its disks elsewhere; it may run and yet be heard by nobody. */
export function arrived(machine: FabricMachine, { to, storage, fault }: FabricMove): FabricMachine {
  const there = { ...machine, host: to, disks: disksAfter(machine, storage) };
  return fault === 'unreachable' ? { ...there, heartbeat: 'lost', addresses: [] } : there;
}

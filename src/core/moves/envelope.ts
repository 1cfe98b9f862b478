import { z } from 'zod';

const Host = z.string().regex(/^[a-z0-9-]{1,15}$/);

/** `Get-VM`'s Id, lower case. */
export const MachineId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** What may be done to a machine before it moves, because somebody chose that. */
export const First = z.enum(['eject', 'shut-down', 'save']);
export type First = z.infer<typeof First>;

/** A machine that may be moved. */
const AllowedMachine = z.strictObject({
  id: MachineId,
  name: z.string().min(1).max(100),
  /** Where it was when this was planned; it may be moved from there, and from any destination. */
  from: Host,
  /** The folder at the destination that its local disks may be copied to; null: no disk of it is touched. */
  storage: z.string().min(1).max(260).nullable(),
  /** The same at its own host, for its way back; absent where no disk of it is touched, or nothing returns. */
  home: z.string().min(1).max(260).exactOptional(),
  /** What is done to it first; absent: it moves as it is. */
  first: First.exactOptional(),
  /** It is on none of the hosts that are emptied, and makes room on its own for machines that come from there; absent: it was asked about. */
  room: z.literal(true).exactOptional(),
});

/**
 * What an approval of moves allows: these machines, to these hosts, and nothing else. Which machine goes where, and when, is a
 * forecast inside it and binds nobody. Machines sorted by id, destinations by name.
 */
export const Envelope = z.strictObject({
  machines: z.array(AllowedMachine).min(1).max(4_096),
  destinations: z.array(Host).min(1).max(256),
  /** Each machine may be moved back to where it was when this was planned; absent: it may not. */
  returns: z.literal(true).exactOptional(),
});
export type Envelope = z.infer<typeof Envelope>;
export type AllowedMachine = z.infer<typeof AllowedMachine>;

/** Machines that change their host: not those of which only disks move. */
export function leaving({ machines, destinations }: Envelope): readonly AllowedMachine[] {
  return machines.filter(({ from }) => destinations.some((host) => host !== from));
}

/** The folders that local disks may be copied to, by machine. */
export function foldersOf(machines: readonly AllowedMachine[]): Readonly<Record<string, string>> {
  return Object.fromEntries(machines.flatMap(({ id, storage }) => (storage === null ? [] : [[id, storage]])));
}

/** A move as it is about to be begun. */
export interface WantedMove {
  /** Of the machine. */
  readonly machine: string;
  readonly from: string;
  readonly to: string;
  readonly storage: string | null;
  /** What was done to the machine for it; absent: nothing. */
  readonly first?: First | null;
}

/** Whether a machine is shut down or saved for its move, and started again after it. */
export function isStopped({ first }: { readonly first?: First | null }): boolean {
  return first === 'shut-down' || first === 'save';
}

/** What is done to a machine before its way back: it is stopped as it was to leave; a drive that was emptied is empty. */
export function firstBack(first: First | null = null): First | null {
  return first === 'eject' ? null : first;
}

/** Whether a move is one that was approved. A move within one host is one of disks alone, and needs a folder. */
export function isWithin(envelope: Envelope, { machine, from, to, storage, first }: WantedMove): boolean {
  const { destinations, returns } = envelope;
  const allowed = envelope.machines.find(({ id }) => id === machine);
  if (!allowed) return false;
  const isBack = returns === true && to === allowed.from;
  if (!isAlike(first, isBack ? firstBack(allowed.first) : allowed.first)) return false;
  if (!isBack && !destinations.includes(to)) return false;
  const isFromThere = from === allowed.from || destinations.includes(from);
  const isStorageAllowed = storage === null || storage === (isBack ? allowed.home : allowed.storage);
  if (from === to && (storage === null || !isForDisks(allowed, destinations))) return false;
  return isFromThere && isStorageAllowed;
}

/** Within a host only disks move, and only where that is all that was approved; what makes room has to leave its host. */
function isForDisks({ from, room }: AllowedMachine, destinations: readonly string[]): boolean {
  return !room && destinations.length === 1 && destinations[0] === from;
}

/** Whether the same is done to a machine first, or nothing. */
function isAlike(one: First | null = null, other: First | null = null): boolean {
  return one === other;
}

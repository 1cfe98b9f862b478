import type { MoveCheck } from '../hyperv/check';

/** What keeps a machine where it is, whatever the destination. `envelope`: its move was not approved. */
export type OwnCode =
  | 'envelope'
  | 'held'
  | 'left'
  | 'twice'
  | 'busy'
  | 'state'
  | 'clustered'
  | 'pinned'
  | 'notes'
  | 'drive'
  | 'disk'
  | 'storage';

/** What keeps it away from one host, however empty that is. `outside`: moves to this host were not approved. */
export type PairCode =
  | 'silent'
  | 'outside'
  | 'cordoned'
  | 'tier0'
  | 'only-hosts'
  | 'left-over'
  | 'version'
  | 'processors'
  | 'switch'
  | 'network'
  | 'slots'
  | 'delegation'
  | 'setting';

/** What a host has too little of, or has already. */
export type RoomCode = 'memory' | 'cpu' | 'space' | 'apart';

/** `order`: no order of moves would keep within the hosts' memory meanwhile. `nowhere`: there is no host to go to. */
export type ReasonCode = OwnCode | PairCode | RoomCode | 'order' | 'nowhere';

/** Why a machine cannot go to a host, or (`host` null) to any. */
export interface Reason {
  readonly code: ReasonCode;
  readonly host: string | null;
  /** Two or three words for a card: `pass-through disk`. */
  readonly short: string;
  /** What was seen, and what to do, each as one sentence. */
  readonly evidence: string;
  readonly fix: string;
  /** The command that asks for the fix, if Handover can do it. */
  readonly command: string | null;
}

const SHORT: Readonly<Record<ReasonCode, string>> = {
  envelope: 'not approved',
  held: 'held back',
  left: 'left by choice',
  twice: 'at two hosts at once',
  busy: 'being moved or backed up',
  state: 'neither on nor off',
  clustered: 'clustered',
  pinned: 'pinned',
  notes: 'its notes are not understood',
  drive: 'something in its drive',
  disk: 'pass-through disk',
  storage: 'local disks',
  silent: 'hosts do not answer',
  outside: 'hosts were not approved',
  cordoned: 'hosts are cordoned',
  tier0: 'Tier 0',
  'only-hosts': 'its rule allows other hosts only',
  'left-over': 'a broken move left a copy there',
  version: 'newer version than the hosts run',
  processors: 'other processors',
  switch: 'switch is missing',
  network: 'no network in common',
  slots: 'hosts let nothing move',
  delegation: 'delegation is missing',
  setting: 'hosts are not set up',
  memory: 'too little memory',
  cpu: 'processors too busy',
  space: 'too little disk space',
  apart: 'kept apart from others',
  order: 'no room meanwhile',
  nowhere: 'no other host',
};

/** A reason with its sentences. */
export function reasonOf(
  code: ReasonCode,
  host: string | null,
  { evidence, fix, command }: Pick<MoveCheck, 'evidence' | 'fix' | 'command'>,
): Reason {
  return { code, host, short: SHORT[code], evidence, fix, command };
}

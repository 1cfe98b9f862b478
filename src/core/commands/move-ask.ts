import type { Moment } from './moment';
import type { Saying } from './saying';

/** When machines may begin to move, as it was said; what else a plan has does not wait for it. */
export interface AskedWindow {
  /** Null: as soon as it is approved. */
  readonly at: Moment | null;
  /** The first such moment after `at`. */
  readonly until: Moment | null;
  /** So long from their beginning, instead of `until`; milliseconds. */
  readonly deadlineMs: number | null;
}

/** What every ask that moves machines may say beside its own. */
interface Windowed {
  /** Null: nothing was said of it. */
  readonly window: AskedWindow | null;
}

/** A wish to move machines to a host, or (`storageOnly`) their disks alone to a folder of the host that they are on. */
export interface MigrateAsk extends Saying, Windowed {
  readonly verb: 'migrate';
  /** Names or ids as typed, each once whatever its letter case. */
  readonly machines: readonly string[];
  /** Short name. */
  readonly to: string;
  readonly storageOnly: string | null;
  /** Neither a delegation nor a host setting that is missing is asked for as well: what it makes impossible fails. */
  readonly noDelegate: boolean;
}

/** A wish to empty hosts: every machine on them goes somewhere else, or is told to stay with its reasons. */
export interface DrainAsk extends Saying, Windowed {
  readonly verb: 'drain';
  /** Short names, each once. */
  readonly hosts: readonly string[];
  /** Where machines may go; null: any other host. */
  readonly to: readonly string[] | null;
  /** Moves at a time in the whole request, beside the hosts' own limits; null: only these. */
  readonly most: number | null;
  /** Machines with disks on their host stay. */
  readonly noStorage: boolean;
  readonly noDelegate: boolean;
  /** Machines of other hosts may be moved out of the way where these would have no room otherwise; they do not return by themselves. */
  readonly makeRoom: boolean;
  /** `all`: when all hosts are back their machines return; `rolling`: one host after the other; null: nothing returns by itself. */
  readonly returns: 'all' | 'rolling' | null;
}

/** A wish that the machines come back that were moved away from a host. */
export interface ReturnAsk extends Saying, Windowed {
  readonly verb: 'return';
  /** Short name. */
  readonly host: string;
  readonly most: number | null;
  readonly noDelegate: boolean;
}

/** A wish that busy and idle hosts become more alike. It asks for no delegation: machines go only where they may go already. */
export interface RebalanceAsk extends Saying, Windowed {
  readonly verb: 'rebalance';
  /** Short names; null: all hosts. */
  readonly hosts: readonly string[] | null;
  readonly most: number | null;
}

/** What leads to a plan that moves machines. */
export type MoveAsk = MigrateAsk | DrainAsk | ReturnAsk | RebalanceAsk;

/** Whether machines are to be moved. */
export function isMoveAsk(ask: { readonly verb: string }): ask is MoveAsk {
  return VERBS.includes(ask.verb);
}

const VERBS: readonly string[] = ['migrate', 'drain', 'return', 'rebalance'];

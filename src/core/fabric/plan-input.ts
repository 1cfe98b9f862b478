import type { HostReading } from '../hyperv-port';
import type { MachineRule } from './machine-rules';
import type { PlanningSettings } from './planning-settings';

/** One host to another, by short names. */
export interface HostPair {
  readonly from: string;
  readonly to: string;
}

/** What a person says of a machine that cannot move as it is. */
export type Choice = 'eject' | 'shut-down' | 'save' | 'leave';

/** A move that goes on while a plan is made: it holds its slots for so long, in milliseconds. */
interface MoveUnderWay extends HostPair {
  readonly machine: string;
  readonly storage: boolean;
  readonly leftMs: number;
}

/** What was approved. A plan that is made again never leaves it. */
export interface Envelope {
  /** Ids of the machines that may move, and the hosts that they may move to. */
  readonly machines: readonly string[];
  readonly destinations: readonly string[];
  /** What may be set up: pairs that may still be delegated, hosts that may still be set. */
  readonly delegations: readonly HostPair[];
  readonly settings: readonly string[];
  /** Where local disks may be copied to, by machine; others are not copied. Null: anywhere. */
  readonly folders: Readonly<Record<string, string>> | null;
  readonly shutDown: boolean;
}

/** All that a plan is made of. Plain data, so that it can be sent to a thread. Hosts by short name, machines by id. */
export interface PlanInput {
  /** Every host that is known, whether it is to take part or not. */
  readonly hosts: readonly HostReading[];
  /** Pairs of which the directory lets machines move from one to the other. */
  readonly delegated: readonly HostPair[];
  readonly cordoned: readonly string[];
  /** Hosts of Tier 0, and machines by name. */
  readonly tier0: readonly string[];
  readonly rules: readonly MachineRule[];
  readonly settings: PlanningSettings;
  /** What was measured of hosts' links, in bytes per millisecond; others go by the settings. */
  readonly speeds: Readonly<Record<string, number>>;
  /**
   * `shared`: the moves at a host share its link evenly, and each goes at the narrower of its two shares. `each`: every move has the
   * narrower of the two links to itself.
   */
  readonly links: 'shared' | 'each';
  readonly underWay: readonly MoveUnderWay[];
  readonly choices: Readonly<Record<string, Choice>>;
  /** Nothing is set up first: where a delegation or a setting of a host is missing, machines stay. */
  readonly noDelegate: boolean;
  /** Machines with disks on their host stay. */
  readonly noStorage: boolean;
  /** Delegations that the way back needs belong to the plan. */
  readonly bothWays: boolean;
  /** So many moves at a time in the whole plan, beside the hosts' own limits; null: only these. */
  readonly mostAtOnce: number | null;
  /** Machines that stay, and why: they failed before, or are none of this plan's business. */
  readonly held: Readonly<Record<string, string>>;
  /** Null: nothing was approved yet. */
  readonly envelope: Envelope | null;
}

/** What is wanted of a plan. */
export type Task =
  /**
   * These hosts become empty; `to`: where their machines may go, null for anywhere. `makeRoom`: machines of those hosts may be moved among
   * them where there is no room otherwise; absent: nothing is moved that nobody asked about.
   */
  | {
      readonly kind: 'drain';
      readonly hosts: readonly string[];
      readonly to: readonly string[] | null;
      readonly makeRoom?: true;
    }
  /** These machines go where they are wanted; where one cannot, to the best of `otherwise`. Nothing else is moved for it. */
  | { readonly kind: 'place'; readonly machines: readonly Wish[]; readonly otherwise: readonly string[] }
  /** Busy and idle hosts become more alike; `averages` over the hold period. */
  | {
      readonly kind: 'even-out';
      readonly hosts: readonly string[] | null;
      readonly averages: readonly HostAverage[];
    };

/** Where one machine is wanted. */
interface Wish {
  readonly machine: string;
  readonly to: string;
}

/** How busy a host was over the hold period: percent of its processors, and of its memory. */
export interface HostAverage {
  readonly host: string;
  readonly load: number;
  readonly memory: number;
}

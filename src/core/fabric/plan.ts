import type { SettingChange } from '../hyperv/host-settings';
import type { Choice, HostPair } from './plan-input';
import type { Reason } from './reasons';

/** A move of a plan. Bytes; milliseconds from when the first move begins. */
export interface PlannedMove extends HostPair {
  /** Id of the machine. */
  readonly machine: string;
  readonly name: string;
  readonly how: 'live' | 'cold';
  /** What is done to the machine first, because somebody chose that. */
  readonly first: Choice | null;
  /** The folder that disks of its host are copied to; null: none are. */
  readonly storage: string | null;
  readonly bytes: number;
  readonly startMs: number;
  readonly ms: number;
  /** It was asked for, makes room for another machine, or makes way for a time and goes on. */
  readonly why: 'asked' | 'room' | 'parking';
}

/** A machine that was to move and cannot, with everything that keeps it, and what a person could choose. */
export interface StuckMachine {
  readonly machine: string;
  readonly name: string;
  readonly host: string;
  /** Never empty. */
  readonly reasons: readonly Reason[];
  /** The reason that counts most, in two or three words. */
  readonly short: string;
  /** Choices with which it would move, and `leave`. */
  readonly choices: readonly Choice[];
}

/** What has to be set up before the moves. */
export interface PlanNeeds {
  readonly delegations: readonly HostPair[];
  readonly settings: readonly SettingChange[];
}

/** How full a host is, in percent of its memory and its processors. */
export interface HostForecast {
  readonly host: string;
  readonly before: { readonly memory: number; readonly cpu: number };
  readonly after: { readonly memory: number; readonly cpu: number };
}

/** What is to be moved, in the order in which it begins. */
export interface MovePlan {
  /** How many machines it was asked about. */
  readonly asked: number;
  readonly moves: readonly PlannedMove[];
  readonly stuck: readonly StuckMachine[];
  readonly needs: PlanNeeds;
  /** Of every host that answers, by name. */
  readonly forecast: readonly HostForecast[];
  /** How long all moves take, and the time below which no schedule of them comes. */
  readonly makespanMs: number;
  readonly boundMs: number;
  /** Hosts that were asked and did not answer: what runs there is not known. */
  readonly silent: readonly string[];
  /** Ids that were asked about and that no host shows. */
  readonly missing: readonly string[];
  /** What somebody should know and nothing depends on, each as one sentence. */
  readonly warnings: readonly string[];
}

import type { Person } from '../request/statement';
import type { HostReading, WindowsFailure } from '../hyperv-port';

/** What is asked of a worker with the role hyperv. `hosts`: null means all that it is set up for. */
export type HyperVQuestion =
  | { readonly about: 'ping' }
  | { readonly about: 'hosts'; readonly hosts: readonly string[] | null }
  /** What a command would set of hosts: to prepare them, or to undo that. */
  | { readonly about: 'plan'; readonly command: string }
  /** What the command of an ask to move machines would come to. */
  | { readonly about: 'moves'; readonly command: string; readonly by: Person }
  /** `machine`: a name or an id, or null for any that runs at the source. */
  | { readonly about: 'move'; readonly from: string; readonly to: string; readonly machine: string | null };

/** Hosts as they are, in the order in which they were asked for. */
export interface HostsAnswer {
  readonly hosts: readonly HostReading[];
  /** Names that the worker is not set up for. */
  readonly unknown: readonly string[];
}

/** Both ends of a move, and what Windows finds about a machine of the source without moving it. */
export interface MoveAnswer {
  readonly from: HostReading;
  readonly to: HostReading;
  /** Ids of the machines at the source that the question may mean: none, one, or several of one name. */
  readonly machines: readonly string[];
  /** Null: there was no machine to try with, or no answer. */
  readonly found: readonly WindowsFailure[] | null;
}

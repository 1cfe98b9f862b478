import type { HostName, Service } from './commands/ask';
import type { ComputerObject, Observation } from './delegation/observation';
import type { Survey } from './survey/survey';

/**
 * One modify of one object: exactly these values are added and removed, strictly (a value already there, or one to be
 * removed that is not, fails the whole).
 */
export interface ListModification {
  readonly guid: string;
  readonly dn: string;
  readonly attribute: 'msDS-AllowedToDelegateTo';
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * One modify that deletes the old userAccountControl and adds the new one: a compare-and-set (RFC 4511 4.6). The two differ
 * in TRUSTED_TO_AUTH_FOR_DELEGATION alone, which is set; adapters refuse anything else before they send it.
 */
export interface TrustModification {
  readonly guid: string;
  readonly dn: string;
  readonly attribute: 'userAccountControl';
  readonly before: number;
  readonly after: number;
}

export type Modification = ListModification | TrustModification;

/**
 * What an observation is to be about: hosts by name, all Hyper-V hosts too if `all`, every object of the domain that has a
 * list if `delegating`, and, for the services, who holds the SPNs of the destinations and which groups all the hosts are in.
 */
export interface DirectoryQuestion {
  readonly sources: readonly HostName[];
  readonly destinations: readonly HostName[];
  readonly all: boolean;
  readonly delegating: boolean;
  readonly services: readonly Service[];
}

/** What one domain controller says of an object: its list and userAccountControl, that it has no such object, or nothing at all. */
export interface EverywhereReading {
  readonly server: string;
  readonly seen: { readonly values: readonly string[]; readonly control: number } | 'absent' | 'silent';
}

/** Active Directory, through the one configured writer. All methods throw Fault. */
export interface Directory {
  /** Names the writer, for messages and audit. */
  readonly server: string;
  /**
   * The other domain controllers of the settings, in their order, for when the writer fails: each observes, reads and writes
   * at its own server and has no alternates itself.
   */
  readonly alternates: readonly Directory[];
  /** Reads all that an ask is about. Names that match nothing give empty lists. */
  observe(question: DirectoryQuestion): Promise<Observation>;
  /** Reads one object by GUID; null when it does not exist (any more). */
  read(guid: string): Promise<ComputerObject | null>;
  /**
   * One strict modify. 'conflict': the server refused because a value was already there or gone (20/16): read again.
   * Fault `retry: 'unknown'` when the answer was lost.
   */
  modify(change: Modification): Promise<'changed' | 'conflict'>;
  /** Reads one object on every configured domain controller at the same time. Never rejects because of one of them. */
  readEverywhere(guid: string): Promise<readonly EverywhereReading[]>;
  /** Whether the account of this DN is a user's, enabled, and in the security group of that DN, by whatever way. What does not exist is not. */
  holdsGroup(account: string, group: string): Promise<boolean>;
  /** Reads the delegation of the whole domain; for lists and findings, never for a plan. */
  survey(): Promise<Survey>;
  close(): Promise<void>;
}

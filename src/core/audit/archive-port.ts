import type { RequestRecord } from '../request/record';
import type { ChainEnd } from './walk';

/** Where a request is that was moved out of Redis, and where its chain ended. */
export interface Archived extends ChainEnd {
  readonly id: string;
  readonly label: string;
  /** The host and the file. */
  readonly place: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How requests and records that are over leave the ledger. */
export interface ArchiveLedger {
  /**
   * Takes a request out of the ledger, with its chain, what was delivered for it and its plan, and keeps where it is. False, and nothing
   * was taken: it is open, unreported, or no longer as it was seen.
   */
  archive(seen: RequestRecord, kept: Pick<Archived, 'place' | 'at'>): Promise<boolean>;
  archived(label: string): Promise<Archived | null>;
  /** All of them, by the id of the request. */
  allArchived(): Promise<ReadonlyMap<string, Archived>>;
  /** Takes the plans away that no request names any more; how many. */
  trimPlans(): Promise<number>;
  /** Takes the records up to a position out of the stream, and remembers how far. Chains and seals stay. */
  trimStream(to: string): Promise<void>;
  /** How far the stream was trimmed, `STREAM_START` if it never was. */
  trimmedTo(): Promise<string>;
}

import type { LoadSample } from './load-sample';

/** What the ledger keeps of the hosts' load: for people and for planning, never for a guard. */
export interface LoadLedger {
  /** Notes a sample; the oldest goes when there are more than `SAMPLES_KEPT`. */
  noteLoad(host: string, sample: LoadSample): Promise<void>;
  /** Samples of a host, the oldest first: all, or the newest `most` of them. */
  loadOf(host: string, most?: number): Promise<readonly LoadSample[]>;
  /** When the last sample of any host was taken, in milliseconds since 1970; null: none was. A Windows worker lived then. */
  lastLoad(): Promise<number | null>;
}

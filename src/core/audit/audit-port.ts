import type { SignedSeal } from './seal';
import type { StreamRecord } from './stream';
import type { ChainEnd } from './walk';

/** What the ledger keeps of its whole audit, beside the chains of requests. */
export interface AuditLedger {
  /** Records of all chains after a position, in the order in which they were written, at most so many. */
  auditStream(after: string, limit: number): Promise<readonly StreamRecord[]>;
  /** The position of the newest record of all chains; `0-0` when there is none. */
  auditEnd(): Promise<string>;
  /** The end of a chain as it is kept beside the chain, null when there is no such chain. */
  chainEnd(chain: string): Promise<ChainEnd | null>;
  /** Every request that is in the ledger: label → id. */
  requestIds(): Promise<ReadonlyMap<string, string>>;
  /** Seals from that number on, at most so many; null for what is none. */
  seals(from: number, limit: number): Promise<readonly (SignedSeal | null)[]>;
  lastSeal(): Promise<SignedSeal | null>;
  /** Adds the next seal; false when its number is not the next one. */
  addSeal(signed: SignedSeal): Promise<boolean>;
  /** The last sealed end of a chain and the number of that seal; null when no seal has touched it. For whoever verifies it. */
  sealedEnd(chain: string): Promise<(ChainEnd & { readonly seal: number }) | null>;
}

import type { Flaw } from '../../core/audit/flaw';

/** Where a flaw is. */
export type Source = 'Redis' | 'mirror' | 'Redis and mirror' | 'anchors';

/** A flaw, and where it is. */
export interface FoundFlaw extends Flaw {
  readonly source: Source;
}

/** What one copy of the audit holds. */
export interface CopyCount {
  readonly records: number;
  readonly chains: number;
  readonly seals: number;
  /** Records that came after the last seal. */
  readonly unsealed: number;
}

/** What came of verifying an audit. */
export interface Verified {
  readonly flaws: readonly FoundFlaw[];
  readonly redis: CopyCount | null;
  readonly mirror: CopyCount | null;
  /** Records of Redis that are not in the mirror yet. */
  readonly unmirrored: number;
  readonly anchors: number;
  /** Sentences about what could not be verified here. */
  readonly unverified: readonly string[];
}

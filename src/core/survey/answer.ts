import type { HostName } from '../commands/ask';
import type { Finding } from '../findings/finding';
import type { DelegationOverview, HostDelegations } from './views';

/** What is asked about delegations. */
export interface DelegationsQuestion {
  /** Null: the whole domain. */
  readonly host: HostName | null;
  /** Also read the lists on every domain controller, and ask for proof where something can tell. */
  readonly verify: boolean;
  /** Also the raw attribute. */
  readonly raw: boolean;
}

/** How many domain controllers have the list that was surveyed. */
export interface SourceCheck {
  readonly source: string;
  readonly servers: number;
  readonly agreeing: number;
  /** Those with another list, and those that gave no answer. */
  readonly differing: readonly string[];
  readonly silent: readonly string[];
}

/** What came of asking for a ticket. */
export interface ProofCheck {
  readonly destination: string;
  readonly result: 'granted' | 'refused' | 'untestable';
}

/** A worker's answer about delegations. `checks` is null where no verification was asked for. */
export type DelegationsAnswer =
  | {
      readonly kind: 'overview';
      readonly overview: DelegationOverview;
      readonly checks: readonly SourceCheck[] | null;
    }
  | {
      readonly kind: 'host';
      readonly view: HostDelegations;
      readonly raw: boolean;
      readonly checks: readonly SourceCheck[] | null;
      readonly proofs: readonly ProofCheck[];
    }
  | { readonly kind: 'unknown-host'; readonly name: string; readonly nearest: string | null };

/** A worker's findings, the worst first. */
export interface FindingsAnswer {
  readonly server: string;
  readonly at: number;
  readonly unread: readonly string[];
  readonly findings: readonly Finding[];
}

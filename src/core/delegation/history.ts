import type { SettingChange } from '../hyperv/host-settings';
import type { Claim } from '../ports';
import { originKey } from '../survey/landscape';
import type { DirectoryChange } from './plan';

/** What an earlier request did to one attribute of one object, by its journal. */
export interface EarlierStep {
  readonly guid: string;
  readonly attribute: DirectoryChange['attribute'];
  readonly added: readonly string[];
  readonly kept: readonly string[];
  readonly removed: readonly string[];
  readonly trusted: boolean;
}

/**
 * What the ledger knows beside the directory. It is trusted for nothing: a false claim or journal leads to a plan that an
 * approver sees, or leaves a value where it is.
 */
export interface History {
  /** Who wants which value to stay, by `originKey`, without the claims of the request itself. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  /** The request that is to be undone; null when the ask is about none. */
  readonly undone: {
    readonly label: string;
    readonly steps: readonly EarlierStep[];
    /** What it has set of hosts besides, before and after; absent: nothing. */
    readonly set?: readonly SettingChange[];
  } | null;
  /** Milliseconds since 1970: claims are compared with it. */
  readonly now: number;
}

/** The history of an ask that has none. */
export const NO_HISTORY: History = { claims: new Map(), undone: null, now: 0 };

/** Whether a claim still holds: it is for good, or its time is not over. */
export function isAlive({ until }: Claim, now: number): boolean {
  return until === null || until > now;
}

/** Who wants, or wanted, a value of an object to stay. */
export function claimsOn({ claims }: Pick<History, 'claims'>, guid: string, value: string): readonly Claim[] {
  return claims.get(originKey(guid, value)) ?? [];
}

/**
 * Whether a value that is there goes earlier than somebody wants who asks for it until `until` (null: for good): everybody
 * who claims it claims it for less. A value that nobody claims is somebody else's and stays.
 */
export function goesEarlier(claims: readonly Claim[], until: number | null): boolean {
  return (
    claims.length > 0 &&
    claims.every((claim) => claim.until !== null && (until === null || claim.until < until))
  );
}

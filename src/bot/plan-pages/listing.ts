import type { Delivered } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import { isShownWhole } from '../cards/plan-blocks';
import { digestOf, UNTOLD } from '../reports/wanted';
import { pagesOfPlan, type PlanPages } from './pages';

/** What was delivered for a request, by key. */
export type Deliveries = ReadonlyMap<string, Delivered>;

/** How far all writes of a plan are posted where its approvers can read them. */
export interface Listing extends PlanPages {
  /** Whether every page stands there, in exactly the words of this plan. */
  readonly isWhole: boolean;
  /** Slack lets the bot share no files: it will not come. */
  readonly isRefused: boolean;
  /** Where the first page stands. */
  readonly first: { readonly channel: string; readonly ts: string } | null;
}

/** The listing of a request's plan; null when it needs none, or can have none. A page counts only with the digest of its words. */
export function listingOf(record: RequestRecord, delivered: Deliveries = new Map()): Listing | null {
  const list = pagesOfPlan(record);
  if (!list) return null;
  const stands = list.pages.map((page) => {
    const known = delivered.get(page.key);
    const isThere = known !== undefined && known.ts !== null && known.ts !== UNTOLD;
    return isThere && known.digest === digestOf(page) ? { channel: known.channel, ts: known.ts } : null;
  });
  const isRefused = list.pages.some(({ key, file }) => file && delivered.get(key)?.ts === UNTOLD);
  return { ...list, isWhole: stands.every((each) => each !== null), isRefused, first: stands[0] ?? null };
}

/** Whether whoever approves the plan can read all of it: on the card, or on pages of which every one stands. */
export function isShownToApprovers(record: RequestRecord, delivered?: Deliveries): boolean {
  const { plan } = record;
  return plan !== null && (isShownWhole(plan) || listingOf(record, delivered)?.isWhole === true);
}

/** How far the pages are, as far as a card says so. */
export function progressOf(
  record: RequestRecord,
  delivered: Deliveries,
): 'none' | 'on the way' | 'whole' | 'refused' {
  const listing = listingOf(record, delivered);
  if (!listing) return 'none';
  if (listing.isWhole) return 'whole';
  return listing.isRefused ? 'refused' : 'on the way';
}

import { digest } from '../../core/canonical';
import type { Delivered } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import { isShownWhole } from '../cards/plan-blocks';
import { UNTOLD } from '../reports/wanted';
import { pagesOfPlan, type PlanPages } from './pages';

/** What was delivered for a request, by key. */
export type Deliveries = ReadonlyMap<string, Delivered>;

/** How far all writes of a plan are posted where its approvers can read them. */
export interface Listing extends PlanPages {
  /** Whether every page stands there, in exactly the words of this plan. */
  readonly isWhole: boolean;
  /** Where the first page stands. */
  readonly first: { readonly channel: string; readonly ts: string } | null;
}

/** The listing of a request's plan; null when it needs none, or can have none. A page counts only with the digest of its words. */
export function listingOf(record: RequestRecord, delivered: Deliveries = new Map()): Listing | null {
  const list = pagesOfPlan(record);
  if (!list) return null;
  const stands = list.pages.map(({ key, message }) => {
    const known = delivered.get(key);
    const isThere = known !== undefined && known.ts !== null && known.ts !== UNTOLD;
    return isThere && known.digest === digest(message) ? { channel: known.channel, ts: known.ts } : null;
  });
  return { ...list, isWhole: stands.every((each) => each !== null), first: stands[0] ?? null };
}

/** Whether whoever approves the plan can read all of it: on the card, or on pages of which every one stands. */
export function isShownToApprovers(record: RequestRecord, delivered?: Deliveries): boolean {
  const { plan } = record;
  return plan !== null && (isShownWhole(plan.directory) || listingOf(record, delivered)?.isWhole === true);
}

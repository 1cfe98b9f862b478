import type { RequestRecord } from '../../core/request/record';
import { listingOf, type Deliveries } from './listing';
import { MOST_PAGES } from './pages';
import { isShownWhole } from '../cards/plan-blocks';
import { canBeListed } from './write-lines';

/** What is said of a plan that was not asked for yet. */
export const LISTED_LATER =
  '📄 If this is asked for, every write is listed in the thread of its card before anybody can approve it.';

/** Where all writes of a plan can be read, for its card; null where the card itself says all. Plain text. */
export function placeLine(record: RequestRecord, delivered: Deliveries | undefined): string | null {
  const { plan, state } = record;
  if (!plan || isShownWhole(plan.directory) || !canBeListed(plan.directory.changes)) return null;
  const listing = listingOf(record, delivered);
  const isWaiting = state === 'waiting';
  if (!listing) {
    const why = `more than ${MOST_PAGES} messages can show`;
    return isWaiting ? `⚠ This is ${why}, so it cannot be approved. Ask for less at once.` : null;
  }
  const { writes, pages, fingerprint, plan: number, isWhole } = listing;
  const where = pages.length === 1 ? 'on one page' : `on pages 1–${pages.length}`;
  const all = `all ${writes.toLocaleString('en-GB')} writes of plan ${number}`;
  if (isWhole) {
    const order = isWaiting ? ' Read them before you decide.' : '';
    return `📄 A${all.slice(1)} are listed in the request’s thread, ${where}; fingerprint ${fingerprint}.${order}`;
  }
  return isWaiting
    ? `⏳ Being listed in the request’s thread: ${all}, ${where}; fingerprint ${fingerprint}. It can be approved once the last page stands there.`
    : null;
}

import type { RequestRecord } from '../../core/request/record';
import { listingOf, type Deliveries } from './listing';

/** What is said of a plan that was not asked for yet. */
export const LISTED_LATER =
  '📄 If this is asked for, every change is listed in the thread of its card before anybody can approve it.';

/** Where all writes of a plan can be read, for its card; null where the card itself says all. Plain text. */
export function placeLine(record: RequestRecord, delivered: Deliveries | undefined): string | null {
  const listing = listingOf(record, delivered);
  if (!listing) return null;
  const { writes, noun, pages, fingerprint, plan: number, isWhole, isRefused } = listing;
  const isWaiting = record.state === 'waiting';
  const [first, ...others] = pages;
  const onPages = others.length === 0 ? 'on one page' : `on pages 1–${pages.length}`;
  const where = first?.file ? `in the file ${first.file.name}` : onPages;
  const all = `all ${writes.toLocaleString('en-GB')} ${noun}s of plan ${number}`;
  if (isWhole) {
    const order = isWaiting ? ' Read them before you decide.' : '';
    return `📄 A${all.slice(1)} are listed in the request’s thread, ${where}; fingerprint ${fingerprint}.${order}`;
  }
  if (!isWaiting) return null;
  return isRefused
    ? '⚠ Slack lets Handover share no file with all of this, so it cannot be approved. Have the app installed again with the scope files:write, then ask again; or ask for less at once.'
    : `⏳ Being listed in the request’s thread: ${all}, ${where}; fingerprint ${fingerprint}. It can be approved once the last of it stands there.`;
}

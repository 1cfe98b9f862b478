import type { RequestRecord } from '../../core/request/record';
import { words } from '../cards/message';
import type { Wanted } from '../reports/wanted';
import type { Deliveries } from './listing';
import { pagesOfPlan, readPageKey } from './pages';

/**
 * The pages that should stand in a request's thread now: those of the plan that waits, and in place of each page of a plan
 * that no longer holds the word that it is void. Nothing is said anew of a plan that was decided: its pages stay as they are.
 */
export function wantedPages(record: RequestRecord, delivered: Deliveries = new Map()): readonly Wanted[] {
  const isWaiting = record.state === 'waiting' && !record.ending;
  return [...superseded(record, delivered), ...(isWaiting ? (pagesOfPlan(record)?.pages ?? []) : [])];
}

/** Whoever comes to an old page must not take it for what is to be decided. */
function superseded({ voided, label }: RequestRecord, delivered: Deliveries): readonly Wanted[] {
  const plans = new Set(voided.map(({ plan }) => plan));
  return [...delivered.keys()].flatMap((key) => {
    const about = readPageKey(key);
    if (!about || !plans.has(about.plan)) return [];
    const { plan, page, of } = about;
    const text =
      `♻ Superseded: this was page ${page} of ${of} of plan ${plan} of ${label}. ` +
      'That plan no longer holds, and nobody can approve it any more; the card tells what holds now.';
    return [{ key, message: { text, blocks: [words(text)] } }];
  });
}

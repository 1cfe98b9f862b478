import type { RequestRecord } from '../../core/request/record';
import { words } from '../cards/message';
import type { Wanted } from '../reports/wanted';
import type { Deliveries } from './listing';
import { pagesOfPlan, readPageKey } from './pages';
import { readFileKey } from './plan-file';

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
    const file = readFileKey(key);
    // A file cannot be edited: a reply after it says so.
    if (file !== null && plans.has(file))
      return [note(`${key}-void`, `the file above lists plan ${file} of ${label}`)];
    const about = readPageKey(key);
    if (!about || !plans.has(about.plan)) return [];
    return [note(key, `this was page ${about.page} of ${about.of} of plan ${about.plan} of ${label}`)];
  });
}

function note(key: string, what: string): Wanted {
  const text = `♻ Superseded: ${what}. That plan no longer holds, and nobody can approve it any more; the card tells what holds now.`;
  return { key, message: { text, blocks: [words(text)] } };
}

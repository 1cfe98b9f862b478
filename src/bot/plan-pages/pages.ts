import type { Plan } from '../../core/delegation/plan';
import type { RequestRecord } from '../../core/request/record';
import { aboutCard } from '../cards/button-value';
import { context, paged, plain, plainText, words, type Message } from '../cards/message';
import { isShownWhole } from '../cards/plan-blocks';
import type { Wanted } from '../reports/wanted';
import { planFile } from './plan-file';
import { canBeListed, countEntries, entriesOf, nounOf } from './plan-entries';

/** All writes of a plan, to be posted before anybody can approve it. */
export interface PlanPages {
  readonly plan: number;
  /** The first eight digits, as on the card. */
  readonly fingerprint: string;
  readonly writes: number;
  /** What one of them is called: a move is no write. */
  readonly noun: 'write' | 'item';
  /** The messages that say all of it, in their order; at least one. A single one with a file where pages are too many. */
  readonly pages: readonly Wanted[];
}

/** What a page's lines may take: four sections, and Slack's limit of a whole message (cards/limits.ts) is not near. */
const PAGE_LENGTH = 7_600;
/** A longer line has no place in a section. */
const LONGEST_LINE = 1_900;
/** More pages than this nobody reads one by one, and they would take a channel's posts of so many seconds: a file can be searched. */
const MOST_PAGES = 8;

const known = new WeakMap<Plan, { readonly of: string; readonly pages: PlanPages }>();

/** The pages of a request's plan. Null: the card shows all of it, or nothing can show it. Plans never change, so the answer is remembered. */
export function pagesOfPlan(record: RequestRecord): PlanPages | null {
  const { plan } = record;
  if (!plan || isShownWhole(plan) || !canBeListed(plan)) return null;
  const { fingerprint } = aboutCard(record);
  const of = `${record.label} ${fingerprint}`;
  const found = known.get(plan);
  if (found?.of === of) return found.pages;
  const pages = makePages(plan, { label: record.label, fingerprint });
  known.set(plan, { of, pages });
  return pages;
}

function makePages(plan: Plan, { label, fingerprint }: { label: string; fingerprint: string }): PlanPages {
  const about = {
    plan: plan.number,
    fingerprint: fingerprint.slice(0, 8),
    writes: countEntries(plan),
    noun: nounOf(plan),
  };
  const bodies = bodiesOf(entriesOf(plan));
  if (bodies === null || bodies.length > MOST_PAGES) {
    return { ...about, pages: [planFile(plan, { label, fingerprint })] };
  }
  const pages = bodies.map((body, at) => ({
    key: `page-p${plan.number}-${at + 1}of${bodies.length}`,
    message: pageMessage(`plan ${plan.number} of ${label}`, about, { body, at, of: bodies.length }),
  }));
  return { ...about, pages };
}

/** What a page's key says, or null when it is none. */
export function readPageKey(key: string): { plan: number; page: number; of: number } | null {
  const [, plan, page, of] = /^page-p(\d+)-(\d+)of(\d+)$/.exec(key) ?? [];
  return plan === undefined ? null : { plan: Number(plan), page: Number(page), of: Number(of) };
}

/** The lines of a page, and which writes they are. */
interface Body {
  readonly lines: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** Null when a line is too long for any page. */
function bodiesOf(writes: ReturnType<typeof entriesOf>): readonly Body[] | null {
  const bodies: { lines: string[]; first: number; last: number; length: number }[] = [];
  let number = 0;
  for (const { heading, lines } of writes) {
    let isBegun = false;
    for (const line of lines) {
      if (line.length > LONGEST_LINE) return null;
      number += 1;
      const head = isBegun ? [] : [`${heading}:`];
      const length = [...head, line].join('\n').length + 1;
      const last = bodies.at(-1);
      if (last && last.length + length <= PAGE_LENGTH) {
        last.lines.push(...head, line);
        Object.assign(last, { last: number, length: last.length + length });
      } else {
        const again = isBegun ? `${heading}, continued:` : `${heading}:`;
        const size = again.length + line.length + 2;
        bodies.push({ lines: [again, line], first: number, last: number, length: size });
      }
      isBegun = true;
    }
  }
  return bodies;
}

function pageMessage(
  what: string,
  { fingerprint, writes, noun }: Pick<PlanPages, 'fingerprint' | 'writes' | 'noun'>,
  { body, at, of }: { body: Body; at: number; of: number },
): Message {
  const page = `page ${at + 1} of ${of}`;
  const which = `${noun}s ${body.first}–${body.last} of ${writes}`;
  const isLast = at + 1 === of;
  const end = isLast ? `End of the list: ${writes} ${noun}s` : `Page ${at + 2} goes on`;
  const head = `All changes of ${what}, ${page}: ${which}, fingerprint ${fingerprint}.`;
  return {
    text: head,
    blocks: [
      words(
        `📄 *${page[0]?.toUpperCase()}${page.slice(1)}* · ${what} · ${which} · fingerprint ${fingerprint}`,
      ),
      ...paged(body.lines).map((text) => plain(text)),
      context([plainText(`${end} · ${page} · fingerprint ${fingerprint}`)]),
    ],
  };
}

import type { RequestRecord } from '../../core/request/record';
import { aboutCard } from '../cards/button-value';
import { context, paged, plain, plainText, words, type Message } from '../cards/message';
import { isShownWhole } from '../cards/plan-blocks';
import { canBeListed, countWrites, writesOf } from './write-lines';

/** All writes of a plan, to be posted before anybody can approve it. */
export interface PlanPages {
  readonly plan: number;
  /** The first eight digits, as on the card. */
  readonly fingerprint: string;
  readonly writes: number;
  /** In their order; at least one. */
  readonly pages: readonly Page[];
}

/** A message of its own; `key` names it for good within the request, its plan and its number with it. */
interface Page {
  readonly key: string;
  readonly message: Message;
}

/** What a page's lines may take: four sections, and Slack's limit of a whole message (cards/limits.ts) is not near. */
const PAGE_LENGTH = 7_600;
/** A longer line has no place in a section. */
const LONGEST_LINE = 1_900;

/** More pages than this nobody reads one by one, and they would take a channel's posts of so many seconds. */
export const MOST_PAGES = 8;

/** The pages of a request's plan. Null: the card shows all of it, or nothing can show it. */
export function pagesOfPlan(record: RequestRecord): PlanPages | null {
  const { plan } = record;
  if (!plan || isShownWhole(plan.directory) || !canBeListed(plan.directory.changes)) return null;
  const bodies = bodiesOf(writesOf(plan.directory.changes));
  if (bodies === null || bodies.length > MOST_PAGES) return null;
  const about = {
    plan: plan.number,
    fingerprint: aboutCard(record).fingerprint.slice(0, 8),
    writes: countWrites(plan.directory.changes),
  };
  const pages = bodies.map((body, at) => ({
    key: keyOf(plan.number, at + 1, bodies.length),
    message: pageMessage(`plan ${plan.number} of ${record.label}`, about, { body, at, of: bodies.length }),
  }));
  return { ...about, pages };
}

/** The name of a page. */
function keyOf(plan: number, page: number, of: number): string {
  return `page-p${plan}-${page}of${of}`;
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
function bodiesOf(writes: ReturnType<typeof writesOf>): readonly Body[] | null {
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
  { fingerprint, writes }: Pick<PlanPages, 'fingerprint' | 'writes'>,
  { body, at, of }: { body: Body; at: number; of: number },
): Message {
  const page = `page ${at + 1} of ${of}`;
  const which = `writes ${body.first}–${body.last} of ${writes}`;
  const isLast = at + 1 === of;
  const end = isLast ? `End of the list: ${writes} writes` : `Page ${at + 2} goes on`;
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

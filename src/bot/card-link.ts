import type { WebClient } from '@slack/web-api';
import type { Ledger } from '../core/ports';
import type { RequestRecord } from '../core/request/record';
import { listingOf, type Deliveries } from './plan-pages/listing';
import { pagesOfPlan } from './plan-pages/pages';
import { CARD_KEY } from './reports/wanted';

/** The address of a request's card; null when it was not posted yet or Slack does not say. */
export async function cardLink(web: WebClient, ledger: Ledger, id: string): Promise<string | null> {
  const card = (await ledger.delivered(id)).get(CARD_KEY);
  return card?.ts ? linkOf(web, { channel: card.channel, ts: card.ts }) : null;
}

/** What is known of the pages of a plan: what was delivered, and the address of the first page; nothing where it needs none. */
export interface PagesKnown {
  readonly delivered?: Deliveries;
  readonly link: string | null;
}

/** Looks for the pages of a request's plan. */
export async function pagesKnown(
  web: WebClient,
  ledger: Pick<Ledger, 'delivered'>,
  record: RequestRecord,
): Promise<PagesKnown> {
  if (!pagesOfPlan(record)) return { link: null };
  const delivered = await ledger.delivered(record.id);
  const first = listingOf(record, delivered)?.first;
  return { delivered, link: first ? await linkOf(web, first) : null };
}

async function linkOf(
  web: WebClient,
  { channel, ts }: { channel: string; ts: string },
): Promise<string | null> {
  const found = await web.chat.getPermalink({ channel, message_ts: ts }).catch(() => null);
  return found?.permalink ?? null;
}

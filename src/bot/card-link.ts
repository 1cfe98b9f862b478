import type { WebClient } from '@slack/web-api';
import type { Ledger } from '../core/ports';
import { CARD_KEY } from './reports/wanted';

/** The address of a request's card; null when it was not posted yet or Slack does not say. */
export async function cardLink(web: WebClient, ledger: Ledger, id: string): Promise<string | null> {
  const card = (await ledger.delivered(id)).get(CARD_KEY);
  if (!card?.ts) return null;
  const found = await web.chat.getPermalink({ channel: card.channel, message_ts: card.ts }).catch(() => null);
  return found?.permalink ?? null;
}

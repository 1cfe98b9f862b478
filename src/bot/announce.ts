import type { WebClient } from '@slack/web-api';
import type { Channels } from '../core/delivery-settings';
import { describeError, type BotLog } from './log';

/** Tells everybody something that is about no request, in the channel of notices. What Slack does not take is logged: it stands in the audit anyway. */
export function createAnnouncement(
  web: WebClient,
  { channels, log }: { channels: Channels; log: BotLog },
): (text: string) => Promise<void> {
  return async (text) => {
    const channel = channels.notices ?? channels.approvals;
    try {
      await web.chat.postMessage({ channel, text, unfurl_links: false, unfurl_media: false });
    } catch (error) {
      log.warn({ ...describeError(error), channel }, 'an announcement was not delivered');
    }
  };
}

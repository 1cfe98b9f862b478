import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Conversation } from '../core/ports';
import type { Message } from './cards/message';

/** The event type of our message metadata; the payload names request and key, nothing else, since any app can read it. */
const EVENT_TYPE = 'handover_report';

/** How far back a card is looked for among a channel's messages. */
const LOOK_BACK = 200;

/** The conversation on Slack's Web API. */
export function slackConversation(web: WebClient): Conversation<Message> {
  return {
    async post({ channel, thread, request, key }, message) {
      const posted = await web.chat.postMessage({
        channel,
        ...body(message),
        ...(thread !== null && { thread_ts: thread }),
        metadata: { event_type: EVENT_TYPE, event_payload: { request, key } },
        unfurl_links: false,
        unfurl_media: false,
      });
      return posted.ts ?? '';
    },
    async edit(channel, ts, message) {
      try {
        await web.chat.update({ channel, ts, ...body(message) });
        return 'edited';
      } catch (error) {
        if (errorCode(error) === 'message_not_found') return 'gone';
        throw error;
      }
    },
    async find({ channel, thread, request, key }) {
      const page = { channel, limit: LOOK_BACK, include_all_metadata: true };
      const found =
        thread === null
          ? await web.conversations.history(page)
          : await web.conversations.replies({ ...page, ts: thread });
      const ours = found.messages?.find(({ metadata }) => {
        const payload = new Map(Object.entries(metadata?.event_payload ?? {}));
        const isOurs = metadata?.event_type === EVENT_TYPE;
        return isOurs && payload.get('request') === request && payload.get('key') === key;
      });
      return ours?.ts ?? null;
    },
  };
}

/** Slack's word for what went wrong, such as `channel_not_found`; '' for anything else. */
export function errorCode(error: unknown): string {
  const data = (error as { data?: { error?: unknown } } | null)?.data;
  return typeof data?.error === 'string' ? data.error : '';
}

function body({ text, blocks }: Message): { text: string; blocks: KnownBlock[] } {
  return { text, blocks };
}

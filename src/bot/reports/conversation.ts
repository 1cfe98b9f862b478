import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Conversation, Place } from '../../core/ports';
import type { Message } from '../cards/message';
import { CLOSED, unless } from './refused-calls';
import { fileSharing, type FileWay } from './file-sharing';

/** The bot's own ids in Slack, known once it has connected. */
export interface OwnIds {
  readonly user: string;
  readonly bot: string;
}

/** True when Slack has surely not done what it was asked: it said no, or not now. */
export function isSurelyUndone(error: unknown): boolean {
  return error instanceof WebAPIPlatformError || error instanceof WebAPIRateLimitedError;
}

/** Any app may read a message's metadata, so it holds ids only. */
const EVENT_TYPE = 'handover_report';
/** Refusals of chat.update. An archived channel is `is_inactive`, a private one that the bot has left `channel_not_found`. */
const GONE = [
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'channel_not_found',
];
/** Where nothing can be read nothing is found; posting then says whether the channel is closed. */
const UNREADABLE = ['thread_not_found', ...CLOSED];
/** Refusals of conversations.open, by docs.slack.dev; without its scope nobody can be written to. */
const UNREACHABLE = [
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'cannot_dm_bot',
  'restricted_action',
  'missing_scope',
];
const PAGE = 200;
const MOST_PAGES = 5;
const CLOCKS_APART_MS = 60_000;

/** The conversation on Slack's Web API. `web` must not repeat a post by itself; files go by `way`. */
export function slackConversation(web: WebClient, own: () => OwnIds, way: FileWay): Conversation<Message> {
  const opened = new Map<string, string>();
  return {
    async post(place, message) {
      const { channel, thread } = place;
      const posting = {
        ...body(place, message),
        channel,
        unfurl_links: false,
        unfurl_media: false,
        ...(thread !== null && { thread_ts: thread }),
      };
      const posted = await unless(CLOSED, () => web.chat.postMessage(posting));
      return posted === null ? 'closed' : { ts: posted.ts ?? '' };
    },
    async edit(place, ts, message) {
      const edit = { ...body(place, message), channel: place.channel, ts };
      return (await unless(GONE, () => web.chat.update(edit))) === null ? 'gone' : 'edited';
    },
    find: (place) => look(web, place, (message) => isFor(message, place) && isFrom(message, own())),
    findFile: (place, name) =>
      look(web, place, (message) => hasFile(message, name) && isFrom(message, own())),
    ...fileSharing(web, way),
    async open(person) {
      const known = opened.get(person);
      if (known !== undefined) return known;
      const answer = await unless(UNREACHABLE, () => web.conversations.open({ users: person }));
      const channel = answer?.channel?.id;
      if (channel === undefined) return null;
      opened.set(person, channel);
      return channel;
    },
    async link(channel, ts) {
      const found = await web.chat.getPermalink({ channel, message_ts: ts }).catch(() => null);
      return found?.permalink ?? null;
    },
  };
}

/** The newest that is one, as far back as the request goes. */
async function look(
  web: WebClient,
  place: Place,
  isIt: (message: Listed) => boolean,
): Promise<string | null> {
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await unless(UNREADABLE, () => list(web, place, cursor));
    const found = listed?.messages?.find((message) => isIt(message));
    if (found?.ts !== undefined) return found.ts;
    cursor = listed?.response_metadata?.next_cursor;
    if (!cursor) return null;
  }
  return null;
}

function list(web: WebClient, { channel, thread, since }: Place, cursor: string | undefined) {
  const page = { channel, limit: PAGE, include_all_metadata: true, ...(cursor !== undefined && { cursor }) };
  const oldest = String(Math.floor((since - CLOCKS_APART_MS) / 1000));
  return thread === null
    ? web.conversations.history({ ...page, oldest })
    : web.conversations.replies({ ...page, ts: thread });
}

/** What is read of a message. */
interface Listed {
  readonly user?: string;
  readonly bot_id?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
  readonly files?: readonly { readonly name?: string | null }[];
}

/** Other apps can post the same metadata and the same names, so the author counts too. */
function isFrom(message: Listed, own: OwnIds): boolean {
  return message.user === own.user || message.bot_id === own.bot;
}

function isFor({ metadata }: Listed, { request, key }: Place): boolean {
  const payload = new Map<string, unknown>(Object.entries(metadata?.event_payload ?? {}));
  return (
    metadata?.event_type === EVENT_TYPE && payload.get('request') === request && payload.get('key') === key
  );
}

function hasFile({ files = [] }: Listed, name: string): boolean {
  return files.some((file) => file.name === name);
}

function body({ request, key }: Place, { text, blocks }: Message) {
  return {
    text,
    blocks: [...blocks],
    metadata: { event_type: EVENT_TYPE, event_payload: { request, key } },
  };
}

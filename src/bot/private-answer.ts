import type { WebClient } from '@slack/web-api';
import type { Message } from './cards/message';
import { describeError, type BotLog } from './log';

/** Who is told, and where that person looks. */
export interface Listener {
  /** Empty: nowhere where Slack shows something to one person alone, as at Home; then it is told by direct message. */
  readonly channel: string;
  readonly user: string;
  /** The thread in which the person acted, null outside of one. */
  readonly thread: string | null;
}

/** What follows an answer when it is known: one message, or several that are told one after the other. */
export type Later = () => Promise<Message | readonly Message[]>;

/** The messages of it, in their order. */
export function eachOf(said: Message | readonly Message[]): readonly Message[] {
  return 'text' in said ? [said] : said;
}

/** The other way to a person: the response address of an interaction, which works where the bot is no member. */
type Respond = (message: {
  response_type: 'ephemeral';
  text: string;
  replace_original: false;
}) => Promise<unknown>;

/** Tells one person something that nobody else sees. Never throws: what cannot be told is logged. */
export type Tell = (listener: Listener, message: Message, respond?: Respond) => Promise<void>;

/** Tells by an ephemeral message in the same thread, else by the response address. */
export function createTell(web: WebClient, log: BotLog): Tell {
  return async ({ channel, user, thread }, { text, blocks }, respond) => {
    const shown = { text, ...(blocks.length > 0 && { blocks: [...blocks] }) };
    try {
      if (channel === '') {
        const { channel: direct } = await web.conversations.open({ users: user });
        await web.chat.postMessage({ channel: direct?.id ?? '', ...shown });
        return;
      }
      await web.chat.postEphemeral({
        channel,
        user,
        ...shown,
        ...(thread !== null && { thread_ts: thread }),
      });
    } catch (error) {
      try {
        if (!respond) throw error;
        await respond({ response_type: 'ephemeral', text, replace_original: false });
      } catch (last) {
        log.error({ ...describeError(last), user }, 'somebody could not be answered');
      }
    }
  };
}

import type { Message } from './message';
import type { Parts } from './parts';

/** What a person has not seen of a channel. `lastTs` is null if nobody else ever wrote there. */
export interface Unread {
  lastTs: string | null;
  lastRead: string;
  /** Replies count only in threads that the person takes part in. */
  unread: number;
}

/** Counts what others wrote in a channel since this person read it. */
export function unreadOf(parts: Parts, user: string, channel: string): Unread {
  const { messages, readMarks } = parts;
  const lastRead = readMarks.lastRead(user, channel);
  const others = messages
    .all(channel)
    .filter((message) => message.user !== user && message.subtype !== 'tombstone');
  const fresh = others.filter((message) => Number(message.ts) > Number(lastRead));
  const concerns = fresh.filter((message) => isTopLevel(message) || takesPart(parts, user, message));
  return { lastTs: others.at(-1)?.ts ?? null, lastRead, unread: concerns.length };
}

function isTopLevel(message: Message): boolean {
  return message.thread_ts === undefined || message.thread_ts === message.ts;
}

/** The person wrote in the reply's thread, or somebody named the person there. */
function takesPart({ messages }: Parts, user: string, reply: Message): boolean {
  const root = messages.find(reply.channel, reply.thread_ts ?? reply.ts);
  const thread = root ? [root, ...messages.replies(root)] : [reply];
  const mention = `<@${user}>`;
  return thread.some(
    (message) =>
      message.user === user ||
      message.text.includes(mention) ||
      JSON.stringify(message.blocks ?? []).includes(mention),
  );
}

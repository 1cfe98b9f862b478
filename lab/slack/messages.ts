import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error';
import { assignIds } from './block-ids';
import type { Changes } from './changes';
import type { Fields } from './fields';
import type { Message } from './message';
import { app } from './workspace';

/** What a sender decides about a message. What the absent fields of an update do is said at `update`. */
export interface Content {
  text?: string | undefined;
  blocks?: Fields[] | undefined;
  metadata?: Fields | undefined;
  files?: Fields[] | undefined;
}

/** Where a message goes and who sends it. */
export interface Placement {
  channel: string;
  threadTs?: string | undefined;
  user: string;
  /** Set for another app's bot; this app's own is told by its user. */
  botId?: string | undefined;
}

/** All messages of the workspace, with their threads, and each person's ephemerals. Nothing here checks membership. */
export class Messages {
  readonly #changes: Changes;
  readonly #channels = new Map<string, Map<string, Message>>();
  readonly #threads = new Map<Message, Set<Message>>();
  readonly #ephemerals: Message[] = [];
  #lastMicros = 0;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Seconds and microseconds; each one is larger than all before it, in every channel. */
  nextTs(): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, Date.now() * 1000);
    const seconds = Math.floor(this.#lastMicros / 1e6);
    return `${seconds}.${String(this.#lastMicros % 1e6).padStart(6, '0')}`;
  }

  /** Throws `cannot_reply_to_message` unless `threadTs` is absent or names a message that is itself no reply. */
  post(placement: Placement, content: Content): Message {
    const parent = this.#parentOf(placement);
    const message = this.#compose(placement, content);
    this.#channel(message.channel).set(message.ts, message);
    if (parent) this.#joinThread(parent, message);
    this.#changes.record({ what: 'posted', message });
    return message;
  }

  postEphemeral(placement: Placement & { to: string }, content: Content): Message {
    this.#parentOf(placement);
    const message = this.#compose(placement, content);
    Object.assign(message, { is_ephemeral: true, ephemeralTo: placement.to });
    this.#ephemerals.push(message);
    this.#changes.record({ what: 'ephemeral', user: placement.to, message });
    return message;
  }

  /**
   * A text without blocks removes the blocks, which stay only if there is no text either; an empty list removes them.
   * Metadata stays unless given; an empty object removes it. Only an update without blocks marks the message as edited
   * (docs.slack.dev/reference/methods/chat.update, "Usage info").
   */
  update(message: Message, content: Content): Message {
    if (content.text !== undefined) message.text = content.text;
    const hasBlocks = content.blocks !== undefined && content.blocks.length > 0;
    if (hasBlocks) message.blocks = assignIds(content.blocks ?? []);
    else if (content.blocks !== undefined || content.text !== undefined) delete message.blocks;
    if (content.metadata) {
      if (Object.keys(content.metadata).length > 0) message.metadata = content.metadata;
      else delete message.metadata;
    }
    if (message.ephemeralTo) {
      this.#changes.record({ what: 'ephemeral', user: message.ephemeralTo, message });
    } else {
      if (hasBlocks) delete message.edited;
      else if (content.text !== undefined) message.edited = { user: message.user, ts: this.nextTs() };
      this.#changes.record({ what: 'updated', message });
    }
    return message;
  }

  /** A thread's first message leaves a tombstone as long as there are replies. */
  delete(message: Message): void {
    if (message.ephemeralTo) {
      this.#ephemerals.splice(this.#ephemerals.indexOf(message), 1);
    } else if (this.replies(message).length > 0) {
      message.subtype = 'tombstone';
      message.user = 'USLACKBOT';
      message.text = 'This message was deleted.';
      delete message.blocks;
      delete message.metadata;
      delete message.bot_id;
      delete message.app_id;
    } else {
      this.#channel(message.channel).delete(message.ts);
      this.#threads.get(this.#rootOf(message))?.delete(message);
    }
    this.#changes.record({ what: 'deleted', message });
  }

  /** Takes every message away; timestamps go on increasing. */
  forget(): void {
    this.#channels.clear();
    this.#threads.clear();
    this.#ephemerals.splice(0);
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#channel(channel).get(ts);
  }

  /** All messages of a channel, replies too, oldest first. */
  all(channel: string): Message[] {
    return [...this.#channel(channel).values()];
  }

  topLevel(channel: string): Message[] {
    return this.all(channel).filter((message) => isTopLevel(message));
  }

  replies(parent: Message): Message[] {
    return [...(this.#threads.get(parent) ?? [])];
  }

  /** What only this person sees, oldest first. */
  ephemerals(user: string, channel?: string): Message[] {
    return this.#ephemerals.filter(
      (message) => message.ephemeralTo === user && (channel === undefined || message.channel === channel),
    );
  }

  #compose(placement: Placement, content: Content): Message {
    return {
      type: 'message',
      channel: placement.channel,
      user: placement.user,
      team: app.teamId,
      text: content.text ?? '',
      ts: this.nextTs(),
      ...author(placement),
      ...(placement.threadTs !== undefined && { thread_ts: placement.threadTs }),
      ...(content.blocks && content.blocks.length > 0 && { blocks: assignIds(content.blocks) }),
      ...(content.metadata && { metadata: content.metadata }),
      ...(content.files && { files: content.files }),
    };
  }

  #parentOf(placement: Placement): Message | undefined {
    if (placement.threadTs === undefined) return undefined;
    const parent = this.find(placement.channel, placement.threadTs);
    if (!parent || !isTopLevel(parent)) throw new ApiError('cannot_reply_to_message');
    return parent;
  }

  #joinThread(parent: Message, reply: Message): void {
    parent.thread_ts = parent.ts;
    const replies = this.#threads.get(parent) ?? new Set();
    this.#threads.set(parent, replies.add(reply));
  }

  #rootOf(message: Message): Message {
    return this.find(message.channel, message.thread_ts ?? message.ts) ?? message;
  }

  #channel(id: string): Map<string, Message> {
    const known = this.#channels.get(id) ?? new Map<string, Message>();
    this.#channels.set(id, known);
    return known;
  }
}

/** Only a person's client gives its messages an id; a bot's message names the bot instead. */
function author({ user, botId }: Placement): Partial<Message> {
  if (user === app.botUser) return { bot_id: app.botId, app_id: app.appId };
  return botId === undefined ? { client_msg_id: randomUUID() } : { bot_id: botId };
}

function isTopLevel(message: Message): boolean {
  return message.thread_ts === undefined || message.thread_ts === message.ts;
}

import { labMessage } from '../message-form';
import type { Parts } from '../parts';
import type { ControlRoute } from './route';

/**
 * `GET /_lab/messages?channel=&thread_ts=&user=`: Slack messages, oldest first. Without `thread_ts` top level only, with
 * it the whole thread; with `user` that person's ephemerals too; without `channel` those of every channel.
 */
export const messages: ControlRoute = {
  run: (parts, { query }) => {
    const user = query.has('user') ? parts.workspace.user(query.get('user') ?? '') : undefined;
    if (query.has('user') && !user) return { ok: false, error: 'user_not_found', messages: [] };
    const wanted = query.get('channel');
    const channel = wanted ? parts.workspace.channel(wanted, user) : undefined;
    if (wanted && !channel) return { ok: false, error: 'channel_not_found', messages: [] };
    const threadTs = query.get('thread_ts');
    const channels = channel ? [channel] : parts.workspace.channels;
    const found = channels.flatMap(({ id }) => [
      ...(threadTs ? thread(parts, id, threadTs) : parts.messages.topLevel(id)),
      ...(user
        ? parts.messages.ephemerals(user.id, id).filter((one) => one.thread_ts === (threadTs ?? undefined))
        : []),
    ]);
    return {
      ok: true,
      messages: found
        .toSorted((one, other) => Number(one.ts) - Number(other.ts))
        .map((message) => labMessage(parts.messages, message)),
    };
  },
};

function thread(parts: Parts, channel: string, ts: string): ReturnType<Parts['messages']['replies']> {
  const parent = parts.messages.find(channel, ts);
  return parent ? [parent, ...parts.messages.replies(parent)] : [];
}

/** `GET /_lab/views?user=`: the person's open modals, the one on top last, and the Home tab if published. */
export const views: ControlRoute = {
  run: (parts, { query }) => {
    const user = parts.workspace.user(query.get('user') ?? '');
    if (!user) return { ok: false, error: 'user_not_found', views: [] };
    const stack = parts.views.stack(user.id);
    const home = parts.views.home(user.id);
    return { ok: true, views: stack, ...(home && { home }) };
  },
};

/** `GET /_lab/traffic?name=`: the last calls and deliveries. */
export const traffic: ControlRoute = {
  run: (parts, { query }) => ({ ok: true, traffic: parts.traffic.entries(query.get('name') ?? undefined) }),
};

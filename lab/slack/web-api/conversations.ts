import { ApiError } from '../api-error';
import type { Fields } from '../fields';
import { slackMessage } from '../message-form';
import type { Message } from '../message';
import type { Parts } from '../parts';
import { typeOf } from '../scopes';
import type { LabChannel } from '../workspace';
import { app } from '../workspace';
import type { Arguments } from './arguments';
import { wantedTypes } from './conversation-types';
import type { Method } from './method';
import { botMethod } from './method';
import { pageOf } from './paging';
import { ownChannel, visibleChannel } from './places';

/** The `conversations.*` methods. */
export const conversationMethods: Record<string, Method> = {
  'conversations.info': botMethod((parts, args) => {
    const channel = visibleChannel(parts, args);
    const more = args.flag('include_num_members') ? { num_members: channel.members.length } : {};
    return { channel: { ...conversation(parts, channel), ...more } };
  }),

  'conversations.list': botMethod((parts, args) => {
    const types = wantedTypes(args);
    const listed = parts.workspace.channels.filter(
      (channel) =>
        types.has(typeOf(channel)) &&
        (!channel.isPrivate || parts.workspace.isMember(channel, app.botUser)) &&
        !(args.flag('exclude_archived') && channel.isArchived),
    );
    const { items, nextCursor } = pageOf(listed, args, { usual: 100, max: 999 });
    return {
      channels: items.map((channel) => ({
        ...conversation(parts, channel),
        num_members: channel.members.length,
      })),
      response_metadata: { next_cursor: nextCursor },
    };
  }),

  'conversations.members': botMethod((parts, args) => {
    const { items, nextCursor } = pageOf(visibleChannel(parts, args).members, args, { usual: 100, max: 999 });
    return { members: items, response_metadata: { next_cursor: nextCursor } };
  }),

  'conversations.open': botMethod((parts, args) => {
    const [wanted, ...others] = args.need('users', 'users_list_not_supplied').split(',');
    if (others.length >= 8) throw new ApiError('too_many_users');
    if (others.length > 0)
      throw new ApiError('unsupported_by_stand_in', ['only direct messages to one person']);
    const user = parts.workspace.users.find((one) => one.id === wanted);
    if (!user) throw new ApiError('user_not_found');
    const channel = parts.workspace.directMessage(user);
    return { channel: args.flag('return_im') ? conversation(parts, channel) : { id: channel.id } };
  }),

  'conversations.join': botMethod((parts, args) => {
    const channel = visibleChannel(parts, args);
    if (channel.isPrivate) throw new ApiError('method_not_supported_for_channel_type');
    if (channel.isArchived) throw new ApiError('is_archived');
    const isMember = parts.workspace.isMember(channel, app.botUser);
    if (!isMember) {
      channel.members = [...channel.members, app.botUser];
      parts.changes.record({ what: 'workspace' });
    }
    return {
      channel: conversation(parts, channel),
      ...(isMember && {
        warning: 'already_in_channel',
        response_metadata: { warnings: ['already_in_channel'] },
      }),
    };
  }),

  'conversations.history': botMethod((parts, args) => {
    const channel = ownChannel(parts, args);
    const listed = inRange(parts.messages.topLevel(channel.id).toReversed(), args);
    return messageList(parts, args, pageOf(listed, args, { usual: 100, max: 999 }));
  }),

  'conversations.replies': botMethod((parts, args) => {
    const channel = ownChannel(parts, args);
    const found = parts.messages.find(channel.id, args.need('ts', 'thread_not_found'));
    const parent = found && parts.messages.find(channel.id, found.thread_ts ?? found.ts);
    if (!parent) throw new ApiError('thread_not_found');
    const listed = [parent, ...inRange(parts.messages.replies(parent), args)];
    return messageList(parts, args, pageOf(listed, args, { usual: 1000, max: 1000 }));
  }),
};

function messageList(parts: Parts, args: Arguments, page: { items: Message[]; nextCursor: string }): Fields {
  const { items, nextCursor } = page;
  const withMetadata = args.flag('include_all_metadata');
  return {
    messages: items.map((message) => slackMessage(parts.messages, message, withMetadata)),
    has_more: nextCursor !== '',
    ...(nextCursor && { response_metadata: { next_cursor: nextCursor } }),
  };
}

function inRange(messages: Message[], args: Arguments): Message[] {
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Infinity);
  if (Number.isNaN(oldest)) throw new ApiError('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new ApiError('invalid_ts_latest');
  const edge = args.flag('inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (edge && (at === oldest || at === latest));
  });
}

function conversation(parts: Parts, channel: LabChannel): Fields {
  if (channel.directWith)
    return {
      id: channel.id,
      is_im: true,
      user: channel.directWith,
      is_archived: false,
      is_org_shared: false,
    };
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate === true,
    is_archived: channel.isArchived === true,
    is_general: false,
    is_shared: channel.isExtShared === true,
    is_ext_shared: channel.isExtShared === true,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: parts.workspace.isMember(channel, app.botUser),
    context_team_id: app.teamId,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

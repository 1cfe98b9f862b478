import { ApiError } from '../api-error';
import type { Fields } from '../fields';
import type { Parts } from '../parts';
import type { LabUser } from '../workspace';
import { app } from '../workspace';
import type { Method } from './method';
import { botMethod } from './method';
import { pageOf } from './paging';

/** `users.*`, `usergroups.*` and the calls by which an app learns who it is. */
export const peopleMethods: Record<string, Method> = {
  'auth.test': botMethod((parts) => ({
    url: `http://${parts.authority}/`,
    team: app.teamName,
    user: app.name,
    team_id: app.teamId,
    user_id: app.botUser,
    bot_id: app.botId,
    is_enterprise_install: false,
  })),

  'apps.connections.open': {
    token: 'app',
    run: (parts) => ({
      url: `ws://${parts.authority}/link/?ticket=${parts.connections.issueTicket()}&app_id=${app.appId}`,
    }),
  },

  'users.info': botMethod((parts, args) => {
    const user = parts.workspace.users.find((one) => one.id === args.text('user'));
    if (!user) throw new ApiError('user_not_found');
    const isStranger = (user.teamId ?? app.teamId) !== app.teamId;
    return { user: { ...person(parts, user), is_stranger: isStranger } };
  }),

  'users.lookupByEmail': botMethod((parts, args) => {
    const wanted = args.need('email', 'users_not_found').toLowerCase();
    const user = parts.workspace.users.find(
      (one) => !one.isBot && !one.deleted && emailOf(one).toLowerCase() === wanted,
    );
    if (!user) throw new ApiError('users_not_found');
    return { user: person(parts, user) };
  }),

  'users.list': botMethod((parts, args) => {
    const { items, nextCursor } = pageOf(parts.workspace.users, args, { usual: 1000, max: 1000 });
    return {
      members: items.map((user) => person(parts, user)),
      response_metadata: { next_cursor: nextCursor },
    };
  }),

  'usergroups.list': botMethod((parts, args) => ({
    usergroups: parts.workspace.userGroups.map((group) => ({
      id: group.id,
      team_id: app.teamId,
      is_usergroup: true,
      handle: group.handle,
      name: group.name,
      date_delete: 0,
      user_count: group.users.length,
      ...(args.flag('include_users') && { users: group.users }),
    })),
  })),

  'usergroups.users.list': botMethod((parts, args) => {
    const group = parts.workspace.userGroups.find((one) => one.id === args.text('usergroup'));
    if (!group) throw new ApiError('no_such_subteam');
    return { users: group.users };
  }),
};

/** A user object as `users.info` answers it. */
function person(parts: Parts, user: LabUser): Fields {
  // Without this scope Slack leaves the address out (docs.slack.dev/reference/objects/user-object, "profile").
  const hasAddress = !user.isBot && parts.options.scopes.includes('users:read.email');
  const realName = user.realName ?? user.name;
  const teamId = user.teamId ?? app.teamId;
  return {
    id: user.id,
    team_id: teamId,
    name: user.name,
    real_name: realName,
    deleted: user.deleted === true,
    tz: 'Etc/UTC',
    tz_offset: 0,
    profile: {
      real_name: realName,
      display_name: realName,
      team: teamId,
      ...(hasAddress && { email: emailOf(user) }),
    },
    is_admin: false,
    is_owner: false,
    is_restricted: user.isRestricted === true,
    is_ultra_restricted: user.isUltraRestricted === true,
    is_bot: user.isBot === true,
    is_app_user: false,
  };
}

function emailOf(user: LabUser): string {
  return user.email ?? `${user.name}@practice.example`;
}

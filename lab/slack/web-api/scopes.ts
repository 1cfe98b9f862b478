import { ApiError } from '../api-error';
import type { Parts } from '../parts';
import { scopesOfType, typeOf } from '../scopes';
import type { Arguments } from './arguments';
import { wantedTypes } from './conversation-types';
import { visibleById } from './places';

/** What a method wants: nothing, one scope, or the one of this family for the type of the conversation it is about. */
type Rule = { scope?: string } | { family: 'read' | 'history' };

/** By the pages of the methods at docs.slack.dev/reference/methods, "Scopes", for bot tokens. What is not here wants none. */
const rules: Record<string, Rule> = {
  'chat.postMessage': { scope: 'chat:write' },
  'chat.postEphemeral': { scope: 'chat:write' },
  'chat.update': { scope: 'chat:write' },
  'chat.delete': { scope: 'chat:write' },
  'conversations.info': { family: 'read' },
  'conversations.list': { family: 'read' },
  'conversations.members': { family: 'read' },
  'conversations.history': { family: 'history' },
  'conversations.replies': { family: 'history' },
  'conversations.open': { scope: 'im:write' },
  'conversations.join': { scope: 'channels:join' },
  'files.getUploadURLExternal': { scope: 'files:write' },
  'files.completeUploadExternal': { scope: 'files:write' },
  'usergroups.list': { scope: 'usergroups:read' },
  'usergroups.users.list': { scope: 'usergroups:read' },
  'users.info': { scope: 'users:read' },
  'users.list': { scope: 'users:read' },
  'users.lookupByEmail': { scope: 'users:read.email' },
};

/**
 * Throws `missing_scope` with `needed` and `provided` unless the app has what the method wants. About a conversation that
 * the bot cannot see any scope of the family will do: the method then says `channel_not_found`.
 */
export function checkScopes(parts: Parts, name: string, args: Arguments): void {
  const rule = rules[name] ?? {};
  const { scopes } = parts.options;
  const missing =
    'family' in rule
      ? missingOfFamily(parts, { name, args, family: rule.family })
      : [rule.scope ?? ''].filter((scope) => scope !== '' && !scopes.includes(scope));
  if (missing.length > 0)
    throw new ApiError('missing_scope', [], { needed: missing.join(','), provided: scopes.join(',') });
}

function missingOfFamily(
  parts: Parts,
  { name, args, family }: { name: string; args: Arguments; family: 'read' | 'history' },
): string[] {
  const { scopes } = parts.options;
  const lacks = (scope: string): boolean => !scopes.includes(scope);
  if (name === 'conversations.list')
    return [...wantedTypes(args)].map((type) => scopesOfType[type][family]).filter((scope) => lacks(scope));
  const channel = visibleById(parts, args.text('channel'));
  if (channel) return [scopesOfType[typeOf(channel)][family]].filter((scope) => lacks(scope));
  const all = Object.values(scopesOfType).map((scope) => scope[family]);
  return all.every((scope) => lacks(scope)) ? all : [];
}

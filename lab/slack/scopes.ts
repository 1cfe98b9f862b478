import { BOT_SCOPES } from '../../src/core/commands/manifest';
import type { LabChannel } from './workspace';

/** What kinds of conversations Slack tells apart. */
export type ConversationType = 'public_channel' | 'private_channel' | 'mpim' | 'im';

/** The bot scopes that the manifest has an administrator grant; what the bot does with more than these fails here first. */
export const installedScopes: readonly string[] = BOT_SCOPES;

/** The scopes for knowing of a conversation and for reading in it, by its type. */
export const scopesOfType: Record<ConversationType, { read: string; history: string }> = {
  public_channel: { read: 'channels:read', history: 'channels:history' },
  private_channel: { read: 'groups:read', history: 'groups:history' },
  mpim: { read: 'mpim:read', history: 'mpim:history' },
  im: { read: 'im:read', history: 'im:history' },
};

export function isConversationType(type: string): type is ConversationType {
  return Object.hasOwn(scopesOfType, type);
}

export function typeOf(channel: LabChannel): ConversationType {
  if (channel.directWith !== undefined) return 'im';
  return channel.isPrivate ? 'private_channel' : 'public_channel';
}

import type { Workspace } from './workspace';

const marks = /<@(\w+)>|<#(\w+)(?:\|[^<>]*)?>|(?<![\w@])@([\w-]+)|(?<![\w#&])#([\w-]+)|[&<>]/g;

/** What a person typed as it travels: `@name` and `#name` as references, `&`, `<` and `>` as entities. */
export function encodeTyped(workspace: Workspace, text: string): string {
  return text.replaceAll(marks, (typed: string, ...groups: (string | undefined)[]) => {
    const [userId, channelId, userName, channelName] = groups;
    const user = workspace.users.find(
      ({ id, name }) => id === userId || name.toLowerCase() === userName?.toLowerCase(),
    );
    if (user) return `<@${user.id}>`;
    const channel = workspace.channels.find(
      ({ id, name, directWith }) => id === channelId || (name === channelName && directWith === undefined),
    );
    if (channel) return `<#${channel.id}|${channel.name}>`;
    return escapeTyped(typed);
  });
}

/** `&`, `<` and `>` as entities (docs.slack.dev/messaging/formatting-message-text, "Escaping text"). */
export function escapeTyped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

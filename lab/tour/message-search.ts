import type { Fields } from '../slack/fields';

/** The buttons of a message that start with this action id, as Block Kit has them. */
export function buttonsIn(message: Fields, action: string): readonly Fields[] {
  return blocksOf(message)
    .flatMap(({ elements }) => (Array.isArray(elements) ? (elements as Fields[]) : []))
    .filter(({ action_id: id }) => String(id).startsWith(action));
}

/** The key by which the bot itself finds a message of a request: messages are found by it and not by their wording. */
export function keyOf(message: Fields): string | undefined {
  const metadata = message['metadata'] as { event_payload?: { key?: string } } | undefined;
  return metadata?.event_payload?.key;
}

function blocksOf({ blocks }: Fields): readonly Fields[] {
  return Array.isArray(blocks) ? (blocks as Fields[]) : [];
}

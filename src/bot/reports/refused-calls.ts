import { WebAPIPlatformError } from '@slack/web-api';

/** Refusals of chat.postMessage and of reading, by docs.slack.dev: the bot is not, or no longer, at work in the channel. */
export const CLOSED = ['not_in_channel', 'channel_not_found', 'is_archived'];

/** The call's answer, or null when Slack refused it with one of these codes. */
export async function unless<T>(codes: readonly string[], call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof WebAPIPlatformError && codes.includes(error.data.error)) return null;
    throw error;
  }
}

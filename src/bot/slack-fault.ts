import { WebAPIPlatformError } from '@slack/web-api';
import { Fault } from '../core/problem';

/** Slack's word for why it refused a call, such as `channel_not_found`; null when it did not answer at all. */
export function refusalOf(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

/** What a call to Slack that failed means for a person who waits. */
export function slackFault(cause: unknown): Fault {
  const word = refusalOf(cause);
  return new Fault(
    {
      code: word === null ? 'slack.unreachable' : 'slack.refused',
      retry: 'later',
      message:
        word === null ? 'Slack does not answer the bot.' : `Slack refused the bot a question (${word}).`,
      remedy:
        word === null ? 'Try again in a minute.' : 'Tell whoever runs Handover: a scope may be missing.',
    },
    { cause },
  );
}

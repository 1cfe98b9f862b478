import { WebClient, type ChatPostMessageArguments, type ChatUpdateArguments } from '@slack/web-api';

/** The two messages with which a job ends, as they stand in the thread of an earlier job. */
export interface Ending {
  readonly card: ChatUpdateArguments;
  readonly report: ChatPostMessageArguments;
}

/** A client of the Web API that is made as the bot's own for posts: no repeats. */
export function openWeb(slack: { apiUrl: string; botToken: string }): WebClient {
  return new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/** The last two calls, with the job's own texts, blocks and metadata: the card is edited, then the report is posted. Gives milliseconds. */
export async function editAndPost(web: WebClient, { card, report }: Ending): Promise<number> {
  const startedAt = performance.now();
  await web.chat.update(card);
  await web.chat.postMessage(report);
  return performance.now() - startedAt;
}

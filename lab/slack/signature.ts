import { createHmac } from 'node:crypto';

/**
 * The headers by which an app knows that a request is Slack's: HMAC-SHA256 over `v0:timestamp:body` with the
 * signing secret (docs.slack.dev/authentication/verifying-requests-from-slack). `at` is in milliseconds.
 */
export function signedHeaders(
  signingSecret: string,
  body: string,
  at: number = Date.now(),
): Record<'x-slack-request-timestamp' | 'x-slack-signature', string> {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

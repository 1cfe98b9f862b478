import { createHmac } from 'node:crypto';
import type { Clock } from '../../core/ports';
import { lockAddress, type Mode } from '../../core/mode-lock';

/** Where events go, and what they are signed with. */
export interface HookTarget {
  readonly url: string;
  readonly secret: string;
}

/** So long one call may take, in milliseconds. */
const DEADLINE_MS = 5_000;

/** Sends one event. True: it was taken (any 2xx). Never throws for an outage. */
export type HookCall = (event: { readonly id: string; readonly body: string }) => Promise<boolean>;

/** Makes the call. Throws ModeLockError when the mode forbids the address. */
export function hookCall(
  { url, secret }: HookTarget,
  { mode, clock }: { mode: Mode; clock: Clock },
): HookCall {
  lockAddress(mode, 'the webhook', url);
  return async ({ id, body }) => {
    const seconds = Math.floor(clock.now() / 1_000);
    const end = new AbortController();
    const ended = new AbortController();
    void clock.wait(DEADLINE_MS, ended.signal).then(() => end.abort());
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        // Somewhere else nobody has checked whether it may be.
        redirect: 'manual',
        signal: end.signal,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'handover',
          'x-handover-event': id,
          'x-handover-request-timestamp': `${seconds}`,
          'x-handover-signature': signature(secret, seconds, body),
        },
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    } finally {
      ended.abort();
    }
  };
}

/** As Slack signs its requests (docs.slack.dev, "Verifying requests from Slack"): HMAC-SHA256 over version, time and body. */
function signature(secret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`, 'utf8').digest('hex')}`;
}

import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Mode } from '../core/mode-lock';
import { boltLogger, type BotLog } from './log';
import type { Pace } from './reports/pace';
import { countedFetch } from './counted-fetch';
import { lockedFetch } from './locked-fetch';

/** How long one call to Slack may take, in milliseconds. */
const CALL_DEADLINE_MS = 5_000;

/** For what a person waits for: one quick repeat. */
const PROMPT = { retries: 1, minTimeout: 100, maxTimeout: 200 };

/** For posts: none, because a post whose answer was lost may have happened; the deliverer looks before it repeats. */
const ONCE = { retries: 0 };

/** For connecting: forever, since Socket Mode ends the process when it gives up. The timers alone keep no process alive. */
const PATIENT = { retries: 1, forever: true, unref: true, factor: 1.5, minTimeout: 500, maxTimeout: 10_000 };

/** The ways in which the bot speaks to Slack; all under the mode's lock. */
export interface SlackClients {
  readonly prompt: WebClient;
  readonly posting: WebClient;
  readonly patient: WebClient;
  /** As options for what Bolt calls by itself to connect. */
  readonly connecting: WebClientOptions;
  /** For bytes, which go to addresses that Slack names; under the lock as well. */
  readonly send: typeof fetch;
  /** For Bolt itself, which answers to response addresses with it. */
  readonly options: WebClientOptions;
}

/** Makes them; nothing is sent yet. */
export function slackClients(parts: {
  mode: Mode;
  apiUrl: string;
  botToken: string;
  log: BotLog;
  onRefused: (error: unknown) => void;
  /** Counts what people wait for; absent: nobody does. */
  pace?: Pick<Pace, 'made' | 'refused'>;
}): SlackClients {
  const send = lockedFetch(parts.mode, parts.onRefused);
  const common = {
    slackApiUrl: parts.apiUrl,
    timeout: CALL_DEADLINE_MS,
    fetch: send,
    logger: boltLogger(parts.log),
    allowAbsoluteUrls: false,
  };
  const counted = parts.pace ? countedFetch(send, parts.pace) : send;
  const prompt = { ...common, fetch: counted, retryConfig: PROMPT, rejectRateLimitedCalls: true };
  const posting = { ...common, retryConfig: ONCE, rejectRateLimitedCalls: true };
  const patient = { ...common, retryConfig: PATIENT };
  return {
    prompt: new WebClient(parts.botToken, prompt),
    posting: new WebClient(parts.botToken, posting),
    patient: new WebClient(parts.botToken, patient),
    connecting: patient,
    send,
    options: prompt,
  };
}

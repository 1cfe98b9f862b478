import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, DeliveryType, Sending, Way } from './delivery';
import { undelivered } from './delivery';
import type { Fields } from './fields';
import { isFields } from './fields';
import { parseJson } from './http';
import type { HttpAnswer } from './http-request';
import { HttpPosts } from './http-request';
import { signedHeaders } from './signature';
import type { Traffic } from './traffic';
import { app } from './workspace';

/** Where the app takes requests: one URL for all, or one for each kind that has its own. */
export interface RequestUrls {
  url: string;
  urls?: { events?: string; commands?: string; interactivity?: string };
}

interface Parts {
  urls: RequestUrls;
  signingSecret: string;
  traffic: Traffic;
  /** Slack waits 3 s for the whole answer. */
  ackTimeoutMs: number;
}

/** How often the stand-in tries again to verify the request URL of an app that is not up yet. */
const verifyEveryMs = 100;

/** Sends signed HTTP requests to the app's request URLs; what it answers is the ack. */
export class HttpMode implements Way {
  readonly #parts: Parts;
  readonly #posts = new HttpPosts();
  readonly #closing = new AbortController();
  #verified: Promise<void>;
  #isVerified = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#verified = this.#verifyUntilItHolds();
  }

  /** Events come only to a request URL that has answered its challenge; commands and interactions need none. */
  async attempt(sending: Sending): Promise<Delivery> {
    const { type, payload, retry, faults } = sending;
    if (type === 'events_api' && !this.#isVerified && !(await this.#verify())) {
      this.#record(type, 'not verified');
      return undelivered;
    }
    const isRetry = retry !== undefined && retry.attempt > 0;
    const message = {
      type,
      body: bodyOf(type, payload),
      headers: isRetry
        ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }
        : {},
      cut: faults.some((fault) => fault.kind === 'cut'),
    };
    const first = this.#post(message, 'sent');
    if (faults.some((fault) => fault.kind === 'duplicate'))
      void this.#post({ ...message, cut: false }, 'sent again');
    return deliveryOf(type, await first);
  }

  count(): number {
    return this.#isVerified ? 1 : 0;
  }

  async whenReachable(): Promise<void> {
    await this.#verified;
  }

  close(): void {
    this.#closing.abort();
    this.#posts.close();
  }

  async #post(
    message: { type: DeliveryType; body: string; headers: Record<string, string>; cut: boolean },
    word: string,
  ): Promise<HttpAnswer> {
    this.#record(message.type, word);
    const answer = await this.#send(message);
    const result = typeof answer === 'string' ? answer : isSuccess(answer) ? 'ok' : `http ${answer.status}`;
    this.#parts.traffic.record({ direction: 'to-slack', name: 'ack', result });
    return answer;
  }

  #send(message: {
    type: DeliveryType;
    body: string;
    headers: Record<string, string>;
    cut: boolean;
  }): Promise<HttpAnswer> {
    const { body, cut } = message;
    const { urls, signingSecret, ackTimeoutMs } = this.#parts;
    return this.#posts.send({
      url: urlFor(urls, message.type),
      headers: {
        ...message.headers,
        ...signedHeaders(signingSecret, body),
        'content-type':
          message.type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        'content-length': String(Buffer.byteLength(body)),
        accept: '*/*',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      },
      body,
      timeoutMs: ackTimeoutMs,
      cut,
    });
  }

  /** As when a request URL is entered in the app's settings (docs.slack.dev/reference/events/url_verification). */
  async #verify(): Promise<boolean> {
    const challenge = randomBytes(24).toString('base64url');
    const body = JSON.stringify({ token: app.verificationToken, challenge, type: 'url_verification' });
    const answer = await this.#send({ type: 'events_api', body, headers: {}, cut: false });
    const holds = typeof answer !== 'string' && isSuccess(answer) && echoes(answer, challenge);
    if (holds && !this.#isVerified) this.#record('url_verification', 'ok');
    this.#isVerified ||= holds;
    return holds;
  }

  async #verifyUntilItHolds(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted && !(await this.#verify()))
      await sleep(verifyEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
  }

  #record(name: string, result: string): void {
    this.#parts.traffic.record({ direction: 'to-app', name, result });
  }
}

function urlFor({ url, urls = {} }: RequestUrls, type: DeliveryType): string {
  if (type === 'slash_commands') return urls.commands ?? url;
  return (type === 'events_api' ? urls.events : urls.interactivity) ?? url;
}

function bodyOf(type: DeliveryType, payload: Fields): string {
  if (type === 'events_api') return JSON.stringify(payload);
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(
    Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

type Answered = Exclude<HttpAnswer, string>;

function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

function echoes({ body, headers }: Answered, challenge: string): boolean {
  if (!headers['content-type']?.startsWith('application/json')) return body === challenge;
  const parsed = parseJson(body);
  return isFields(parsed) && parsed['challenge'] === challenge;
}

function deliveryOf(type: DeliveryType, answer: HttpAnswer): Delivery {
  if (answer === 'timeout') return { acked: false, error: 'operation_timeout', reason: 'http_timeout' };
  if (answer === 'failed') return undelivered;
  if (isSuccess(answer)) return { acked: true, payload: type === 'events_api' ? {} : ackOf(answer) };
  return {
    acked: false,
    error: answer.status < 500 ? 'http_client_error' : 'http_service_error',
    reason: 'http_error',
    isFinal: answer.headers['x-slack-no-retry'] === '1',
  };
}

/** An empty body acks and says nothing, JSON is the payload, plain text is what a person is told. */
function ackOf({ body, headers }: Answered): Fields {
  if (body === '') return {};
  const parsed = headers['content-type']?.startsWith('application/json') ? parseJson(body) : undefined;
  return isFields(parsed) ? parsed : { text: body };
}

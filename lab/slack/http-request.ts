import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:http';

/** What came back, or why nothing did: `timeout` after the time given, `failed` for everything else. */
export type HttpAnswer =
  | { status: number; headers: IncomingMessage['headers']; body: string }
  | 'timeout'
  | 'failed';

/** One POST of the stand-in to the app. */
interface HttpPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  /** Hang up as soon as the request has gone out, so that the app works and its answer is lost. */
  cut: boolean;
}

/** The largest answer that is read, in characters. */
const answerLimit = 1_000_000;

/** POSTs, each over a connection of its own, so that nothing depends on one that the app has closed meanwhile. */
export class HttpPosts {
  readonly #open = new Set<ClientRequest>();

  send(post: HttpPost): Promise<HttpAnswer> {
    return new Promise((resolve) => {
      const sent = request(post.url, { method: 'POST', agent: false, headers: post.headers });
      this.#open.add(sent);
      const settle = (answer: HttpAnswer): void => {
        clearTimeout(timer);
        this.#open.delete(sent);
        sent.destroy();
        resolve(answer);
      };
      const timer = setTimeout(() => settle('timeout'), post.timeoutMs);
      sent.on('error', () => settle('failed'));
      sent.on('response', (response) => {
        read(response).then(
          (body) => settle({ status: response.statusCode ?? 0, headers: response.headers, body }),
          () => settle('failed'),
        );
      });
      sent.end(post.body, () => {
        if (post.cut) settle('failed');
      });
    });
  }

  /** Hangs up every request under way. */
  close(): void {
    for (const sent of this.#open) sent.destroy(new Error('closed'));
  }
}

async function read(response: IncomingMessage): Promise<string> {
  let body = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    body += chunk;
    if (body.length > answerLimit) throw new Error('answer too large');
  }
  return body;
}

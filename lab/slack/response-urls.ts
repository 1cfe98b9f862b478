import { randomBytes } from 'node:crypto';
import type { Message } from './message';

/** How often one response_url may be used. */
const usesAllowed = 5;

/** What a response_url answers to: the person, the place, and the message that was acted on. */
export interface ResponseTarget {
  user: string;
  channel: string;
  message?: Message | undefined;
}

interface Ticket extends ResponseTarget {
  usesLeft: number;
  expiresAt: number;
}

/** The response_urls handed out: five uses within their life (thirty minutes at Slack). */
export class ResponseUrls {
  readonly #lifeMs: number;
  readonly #tickets = new Map<string, Ticket>();

  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs;
  }

  /** The path of a new response_url. */
  issue(target: ResponseTarget): string {
    for (const [known, ticket] of this.#tickets) {
      if (ticket.expiresAt > Date.now() - this.#lifeMs) break;
      this.#tickets.delete(known);
    }
    const path = `/hooks/${randomBytes(18).toString('base64url')}`;
    this.#tickets.set(path, { ...target, usesLeft: usesAllowed, expiresAt: Date.now() + this.#lifeMs });
    return path;
  }

  forget(): void {
    this.#tickets.clear();
  }

  /** Uses it once; says why if it cannot be used. */
  use(path: string): ResponseTarget | 'unknown_url' | 'expired_url' | 'used_url' {
    const ticket = this.#tickets.get(path);
    if (!ticket) return 'unknown_url';
    if (Date.now() > ticket.expiresAt) return 'expired_url';
    if (ticket.usesLeft === 0) return 'used_url';
    ticket.usesLeft -= 1;
    return ticket;
  }
}

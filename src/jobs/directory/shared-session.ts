import type { Clock } from '../../core/ports';
import { Fault } from '../../core/problem';

import { DeadlinePassed, withDeadline } from './deadline';
import { noAnswer, unreachable } from './ldap-fault';
import {
  openSession,
  type LdapAccount,
  type LdapServer,
  type LdapSession,
  type Opening,
} from './ldap-session';

/** After a refusal that only a person can end, the server is not asked again for this long: failed binds lock an account. */
const REFUSAL_MS = 30_000;

/** How one domain controller is reached. */
export interface Way {
  readonly server: LdapServer;
  readonly account: LdapAccount;
  readonly clock: Clock;
  /** For connecting, checking the certificate and binding together. */
  readonly connectMs: number;
}

/** The one session that all share: two at once on one ldapts client, before it is bound, would hang for ever. */
export class SharedSession {
  private readonly way: Way;
  /** The session or the attempt at it; whoever comes meanwhile waits for the same. */
  private shared: Promise<LdapSession> | null = null;
  private attempt: Opening | null = null;
  private bound: LdapSession | null = null;
  private refusal: { fault: Fault; until: number } | null = null;
  private isClosed = false;

  constructor(way: Way) {
    this.way = way;
  }

  /** A bound session, opened anew when the last one is gone. Rejects with Fault; nothing was sent then. */
  get(): Promise<LdapSession> {
    const { server, clock } = this.way;
    if (this.isClosed) return Promise.reject(unreachable(server.name));
    if (this.refusal && clock.monotonic() < this.refusal.until) return Promise.reject(this.refusal.fault);
    if (this.bound && !this.bound.isBound()) this.drop(this.bound);
    this.shared ??= this.open();
    return this.shared;
  }

  /** Ends a session, for all who use it. */
  drop(session: LdapSession): void {
    session.end();
    if (this.bound !== session) return;
    this.bound = null;
    this.shared = null;
  }

  close(): void {
    this.isClosed = true;
    this.attempt?.giveUp();
    if (this.bound) this.drop(this.bound);
  }

  private async open(): Promise<LdapSession> {
    const { server, account, clock, connectMs } = this.way;
    const attempt = openSession(server, account);
    this.attempt = attempt;
    try {
      this.bound = await withDeadline(clock, connectMs, attempt.session);
      return this.bound;
    } catch (error) {
      attempt.giveUp();
      this.shared = null;
      if (error instanceof DeadlinePassed) throw noAnswer(server.name, error);
      if (error instanceof Fault && error.retry === 'never') {
        this.refusal = { fault: error, until: clock.monotonic() + REFUSAL_MS };
      }
      throw error;
    } finally {
      this.attempt = null;
    }
  }
}

import { DeadlinePassed, withDeadline } from './deadline';
import { lostAnswer, noAnswer } from './ldap-fault';
import type { LdapSession } from './ldap-session';
import { SharedSession, type Way } from './shared-session';

/** An operation, or a few that belong together: how long all of it may take, the connecting included, and what is lost when it takes longer. */
interface Undertaking {
  readonly deadlineMs: number;
  readonly isWrite: boolean;
}

/** The way to one domain controller; it connects when it is first used, and anew after a drop. */
export interface LdapConnection {
  readonly server: string;
  /**
   * Works with an authenticated session. Rejects with Fault: 'later' while nothing was sent, and for reads; 'unknown' when a
   * write got no answer. A session that did not answer in time is ended, also for others that use it.
   */
  use<T>(undertaking: Undertaking, work: (session: LdapSession) => Promise<T>): Promise<T>;
  close(): void;
}

/** Says how to reach one server. */
export function openConnection(way: Way): LdapConnection {
  const { clock } = way;
  const server = way.server.name;
  const sessions = new SharedSession(way);
  return {
    server,
    async use({ deadlineMs, isWrite }, work) {
      const end = clock.monotonic() + deadlineMs;
      const left = (): number => end - clock.monotonic();
      let session: LdapSession | null = null;
      try {
        const ready = await withDeadline(clock, left(), sessions.get());
        // Looked at last: a process that was paused until now must not send any more.
        if (left() <= 0) throw noAnswer(server);
        session = ready;
        return await withDeadline(clock, left(), work(ready));
      } catch (error) {
        if (!(error instanceof DeadlinePassed)) throw error;
        if (session) sessions.drop(session);
        throw session && isWrite ? lostAnswer(server, error) : noAnswer(server, error);
      }
    },
    close: () => sessions.close(),
  };
}

import { Fault } from '../../core/problem';

import { readByGuid } from './host-lookup';
import type { LdapConnection } from './ldap-connection';

/** One domain controller's answer; null when it gave none in time. An object that it does not have has no values there. */
export interface Reading {
  readonly server: string;
  readonly values: readonly string[] | null;
}

/** Asks every domain controller at the same time for one object's list. Never rejects because of a server. */
export function readEverywhere(
  connections: readonly LdapConnection[],
  question: { guid: string; baseDn: string; deadlineMs: number },
): Promise<readonly Reading[]> {
  const { guid, baseDn, deadlineMs } = question;
  return Promise.all(
    connections.map(async (connection): Promise<Reading> => {
      const { server } = connection;
      try {
        const object = await connection.use({ deadlineMs, isWrite: false }, (session) =>
          readByGuid(session, guid, baseDn),
        );
        return { server, values: object?.allowedToDelegateTo ?? [] };
      } catch (error) {
        if (error instanceof Fault) return { server, values: null };
        throw error;
      }
    }),
  );
}

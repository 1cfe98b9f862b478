import type { EverywhereReading } from '../../core/ports';
import { Fault } from '../../core/problem';

import { readByGuid } from './host-lookup';
import type { LdapConnection } from './ldap-connection';

/**
 * Asks every domain controller at the same time for one object. Never rejects because of a server: one that refuses, or shows the
 * object only in part, has said nothing about it.
 */
export function readEverywhere(
  connections: readonly LdapConnection[],
  question: { guid: string; baseDn: string; deadlineMs: number },
): Promise<readonly EverywhereReading[]> {
  const { guid, baseDn, deadlineMs } = question;
  return Promise.all(
    connections.map(async (connection): Promise<EverywhereReading> => {
      const { server } = connection;
      try {
        const object = await connection.use({ deadlineMs, isWrite: false }, (session) =>
          readByGuid(session, guid, baseDn),
        );
        if (!object) return { server, seen: 'absent' };
        return {
          server,
          seen: { values: object.allowedToDelegateTo, control: object.userAccountControl },
        };
      } catch (error) {
        if (error instanceof Fault) return { server, seen: 'silent' };
        throw error;
      }
    }),
  );
}

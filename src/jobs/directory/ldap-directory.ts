import { X509Certificate } from 'node:crypto';

import type { Clock, Directory } from '../../core/ports';
import { Fault } from '../../core/problem';

import { holdsGroup } from './account-groups';
import { readEverywhere } from './everywhere';
import { readByGuid } from './host-lookup';
import { openConnection, type LdapConnection } from './ldap-connection';
import type { LdapAccount, LdapServer } from './ldap-session';
import { observe } from './observe';
import { modifyStrictly } from './strict-modify';
import { surveyDomain } from './survey';

/** How long a call waits at most, in milliseconds, the connecting included. */
interface Deadlines {
  /** One attempt to connect, check and bind; whoever waits for it may give up before. */
  readonly connectMs: number;
  readonly readMs: number;
  /** The directory role keeps the lease of an object for this long after a modify was begun: a later effect would be nobody's. */
  readonly writeMs: number;
  /** For each server of `readEverywhere`. */
  readonly everywhereMs: number;
}

const ordinaryDeadlines: Deadlines = {
  connectMs: 5_000,
  readMs: 10_000,
  writeMs: 4_000,
  everywhereMs: 5_000,
};

export interface LdapDirectoryOptions extends LdapAccount {
  /** The first is the writer: all is observed, read and written there. Of each other one there is an alternate. */
  readonly servers: readonly LdapServer[];
  readonly baseDn: string;
  /** Where names for suggestions are read. */
  readonly searchBases: readonly string[];
  readonly clock: Clock;
  readonly deadlines?: Partial<Deadlines>;
}

/**
 * Active Directory over LDAPS. Connects when it is first used and again after a drop, each time with the certificate
 * checked and bound anew. Closing it closes its alternates, whose own `close` does nothing. Throws Fault `directory.settings`
 * when the settings would allow a connection without either.
 */
export function openLdapDirectory(options: LdapDirectoryOptions): Directory {
  const { servers, baseDn, clock } = options;
  refuseUnsafe(options);
  const { connectMs, readMs, writeMs, everywhereMs } = { ...ordinaryDeadlines, ...options.deadlines };
  const connections = servers.map((server) => openConnection({ server, account: options, clock, connectMs }));
  const [writer, ...others] = connections;
  if (!writer) throw settingsFault('There is no directory server.', 'directory.servers');
  const reading = { deadlineMs: readMs, isWrite: false };
  const everywhere = { baseDn, deadlineMs: everywhereMs };
  const pinnedTo = (connection: LdapConnection): Omit<Directory, 'alternates' | 'close'> => ({
    server: connection.server,
    async observe(question) {
      // Before the reading: what is read is at least as new as it says.
      const at = clock.now();
      const seen = await connection.use(reading, (session) => observe(session, question, options));
      return { ...seen, at };
    },
    read: (guid) => connection.use(reading, (session) => readByGuid(session, guid, baseDn)),
    modify: (change) =>
      connection.use({ deadlineMs: writeMs, isWrite: true }, (session) => modifyStrictly(session, change)),
    readEverywhere: (guid) => readEverywhere(connections, { guid, ...everywhere }),
    holdsGroup: (account, group) => connection.use(reading, (session) => holdsGroup(session, account, group)),
    async survey() {
      const at = clock.now();
      return { at, ...(await connection.use(reading, (session) => surveyDomain(session, options))) };
    },
  });
  return {
    ...pinnedTo(writer),
    // All share the connections, which are this directory's.
    alternates: others.map((other) => ({
      ...pinnedTo(other),
      alternates: [],
      close: () => Promise.resolve(),
    })),
    close() {
      for (const connection of connections) connection.close();
      return Promise.resolve();
    },
  };
}

function refuseUnsafe({ servers, ca, bindDn, password }: LdapDirectoryOptions): void {
  for (const { name, url, tlsName } of servers) {
    if (new URL(url).protocol !== 'ldaps:') {
      throw settingsFault(
        `${name} would be reached without TLS (${url}).`,
        'directory.servers: ldaps:// only',
      );
    }
    if (tlsName === '')
      throw settingsFault(`The certificate of ${name} has no name to be checked.`, 'tlsName');
  }
  // RFC 4513 5.1.1 and 5.1.2: without name or password a simple bind succeeds as nobody.
  if (password === '')
    throw settingsFault('The password of the directory account is empty.', 'directory.passwordFile');
  // ldapts takes the name of a SASL mechanism for that mechanism.
  if (!/[=@\\]/.test(bindDn)) {
    throw settingsFault('The directory account is no distinguished name.', 'directory.bindDn');
  }
  try {
    // With an empty text every CA that Node knows would be believed.
    void new X509Certificate(ca);
  } catch (cause) {
    throw settingsFault('The CA of the directory is no certificate in PEM.', 'directory.caFile', cause);
  }
}

function settingsFault(message: string, where: string, cause?: unknown): Fault {
  const remedy = `Correct it in handover.yaml: ${where}.`;
  return new Fault({ code: 'directory.settings', retry: 'never', message, remedy }, { cause });
}

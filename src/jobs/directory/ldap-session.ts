import { once, type EventEmitter } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { Client, type Change, type Entry, type SearchOptions } from 'ldapts';

import { connectFault, readFault, resultCode, unreachable, writeFault, type Written } from './ldap-fault';

/** One domain controller as the settings name it. `tlsName` is checked against its certificate, whatever the URL says. */
export interface LdapServer {
  readonly name: string;
  readonly url: string;
  readonly tlsName: string;
}

/** Whom to bind as, and the only CA (PEM) that is believed. */
export interface LdapAccount {
  readonly ca: string;
  readonly bindDn: string;
  readonly password: string;
}

/** One authenticated connection. It never reconnects: when it is gone, every call throws Fault and nothing is sent. */
export interface LdapSession {
  readonly server: string;
  isBound(): boolean;
  search(base: string, options: SearchOptions): Promise<readonly Entry[]>;
  /** The object of that name itself; null when there is none, or when it can be no name. */
  lookUp(dn: string, options: SearchOptions): Promise<Entry | null>;
  /** 'conflict': a value was already there (20) or gone (16), or the object is (32). `what` is for messages. */
  modify(dn: string, changes: Change[], what: Written): Promise<'changed' | 'conflict'>;
  end(): void;
}

/** noSuchObject, invalidDNSyntax, and the referral for a name of another domain. */
const NOWHERE = [32, 34, 10];

/** noSuchAttribute, attributeOrValueExists, noSuchObject. */
const CONFLICTS = [16, 20, 32];

/** A dead peer is noticed although nothing is sent. */
const KEEP_ALIVE_MS = 30_000;

/** What to do when waiting for a session has taken too long. */
export interface Opening {
  readonly session: Promise<LdapSession>;
  giveUp(): void;
}

/** Connects, checks the certificate and binds. The session rejects with Fault; `giveUp` ends whatever is under way. */
export function openSession(server: LdapServer, account: LdapAccount): Opening {
  const { hostname, port } = new URL(server.url);
  const tcp = connectTcp({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 636),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  // What ldapts does not listen to, before and after its time, must not end the process.
  tcp.on('error', () => undefined);
  // A reset and no orderly close: what still waits to be sent shall not arrive after it was given up.
  // (While connecting, a reset would wait for the connection.)
  const end = (): void => void (tcp.connecting ? tcp.destroy() : tcp.resetAndDestroy());
  const given = new AbortController();
  const happens = (emitter: EventEmitter, event: string): Promise<unknown> =>
    once(emitter, event, { signal: given.signal }).catch((error: unknown) =>
      Promise.reject(connectFault(server.name, error)),
    );
  const open = async (): Promise<LdapSession> => {
    await happens(tcp, 'connect');
    const tls = connectTls({
      socket: tcp,
      ca: account.ca,
      servername: server.tlsName,
      minVersion: 'TLSv1.2',
      // Said although it is the default: an environment variable can change the default.
      rejectUnauthorized: true,
    });
    tls.on('error', () => undefined);
    await happens(tls, 'secureConnect');
    let isTaken = false;
    const client = new Client({
      url: server.url,
      createSecureConnection() {
        // After a drop ldapts would connect anew by itself and go on as nobody.
        if (isTaken) throw new Error('a session does not reconnect');
        isTaken = true;
        return tls;
      },
    });
    await client
      .bind(account.bindDn, account.password)
      .catch((error: unknown) => Promise.reject(readFault(server.name, error)));
    return boundSession(server.name, client, end);
  };
  const session = open();
  session.catch(end);
  const giveUp = (): void => {
    given.abort();
    end();
  };
  return { session, giveUp };
}

function boundSession(server: string, client: Client, end: () => void): LdapSession {
  const search = async (base: string, options: SearchOptions): Promise<readonly Entry[]> => {
    if (!client.isBound) throw new Error('the connection is gone');
    return (await client.search(base, options)).searchEntries;
  };
  return {
    server,
    isBound: () => client.isBound,
    search: (base, options) =>
      search(base, options).catch((error: unknown) => Promise.reject(readFault(server, error))),
    async lookUp(dn, options) {
      try {
        return (await search(dn, { ...options, scope: 'base' }))[0] ?? null;
      } catch (error) {
        if (NOWHERE.includes(resultCode(error) ?? 0)) return null;
        throw readFault(server, error);
      }
    },
    async modify(dn, changes, what) {
      if (!client.isBound) throw unreachable(server);
      try {
        await client.modify(dn, changes);
        return 'changed';
      } catch (error) {
        if (CONFLICTS.includes(resultCode(error) ?? 0)) return 'conflict';
        throw writeFault({ server, ...what }, error);
      }
    },
    end,
  };
}

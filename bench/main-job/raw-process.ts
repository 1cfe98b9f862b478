import { readFile } from 'node:fs/promises';
import type { Client } from 'ldapts';
import { Redis } from 'ioredis';
import type { WebClient } from '@slack/web-api';
import type { DomainAccess } from '../../lab/directory/domain';
import { serveParent } from '../child';
import type { Pair } from './job';
import { proveRaw } from './kdc-part';
import { bindService, readModifyRead } from './ldap-part';
import { keepRequest, replayLedger, type Replay } from './redis-part';
import { editAndPost, openWeb, type Ending } from './slack-part';

/** What the process of the raw parts is opened with. */
export interface RawStart {
  readonly redisUrl: string;
  /** JSON file of the practice domain. */
  readonly domainFile: string;
  readonly slack: { readonly apiUrl: string; readonly botToken: string };
}

interface Opened {
  readonly redis: Redis;
  readonly ldap: Client;
  readonly web: WebClient;
  readonly domain: DomainAccess;
}

let opened: Opened | undefined;

function parts(): Opened {
  if (!opened) throw new Error('the raw parts were not opened');
  return opened;
}

// SAFETY of the casts: `bench.ts` of the same program asks in these shapes.
serveParent({
  async open(input) {
    const { redisUrl, domainFile, slack } = input as RawStart;
    const domain = JSON.parse(await readFile(domainFile, 'utf8')) as DomainAccess;
    opened = { redis: new Redis(redisUrl), ldap: await bindService(domain), web: openWeb(slack), domain };
  },
  keep: async (input) => keepRequest(parts().redis, input as Omit<Replay, 'ledger'>),
  redis: async (input) => replayLedger(parts().redis, input as Replay),
  ldap: async (input) => readModifyRead(parts().ldap, parts().domain, input as Pair),
  kdc: async (input) => proveRaw(parts().domain, input as Pair),
  slack: async (input) => editAndPost(parts().web, input as Ending),
});

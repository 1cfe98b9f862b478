import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ChatPostMessageArguments, WebClient } from '@slack/web-api';
import { Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { Client } from 'ldapts';
import type { DomainAccess } from '../../lab/directory/domain';
import { RECORD_INTAKE } from '../../src/jobs/ledger/scripts';
import { CONCURRENCY } from '../../src/jobs/queue/options';
import { recordRaw, type IntakeTexts } from '../ack/intake';
import { serveParent } from '../child';
import type { Pair } from '../main-job/job';
import { bindService } from '../main-job/ldap-part';
import { openWeb } from '../main-job/slack-part';
import { readPair } from './directory-read';
import { eachOf, IN_FLIGHT } from './inlet';

/** What the pipeline is opened with. */
export interface RawFlood {
  readonly redisUrl: string;
  /** JSON file of the practice domain. */
  readonly domainFile: string;
  readonly slack: { readonly apiUrl: string; readonly botToken: string };
  /** What the bot has recorded for one command, and the card that it has posted for it. */
  readonly texts: IntakeTexts;
  readonly card: ChatPostMessageArguments;
}

interface Opened {
  readonly redis: Redis;
  readonly queue: Queue;
  readonly ldap: Client;
  readonly web: WebClient;
  readonly domain: DomainAccess;
  readonly given: RawFlood;
}

const LINE = 'raw-flood';
const ENDS_REMOVED = { removeOnComplete: true, removeOnFail: true };

let opened: Opened | undefined;
/** Told when a card has been posted. */
let posted: (error?: unknown) => void = () => undefined;

function parts(): Opened {
  if (!opened) throw new Error('the pipeline was not opened');
  return opened;
}

/** One process without a plan, a signature or a guard: for each command a script, a hop, what must be read, and a post. */
serveParent({
  async open(input) {
    // SAFETY: `bench.ts` of the same program asks in this shape.
    const given = input as RawFlood;
    const { redisUrl, slack } = given;
    const domain = JSON.parse(await readFile(given.domainFile, 'utf8')) as DomainAccess;
    const redis = new Redis(redisUrl);
    await redis.script('LOAD', RECORD_INTAKE.text);
    const queue = new Queue(LINE, { connection: new Redis(redisUrl) });
    const ldap = await bindService(domain);
    opened = { redis, queue, ldap, web: openWeb(slack), domain, given };
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
    const worker = new Worker(LINE, carry, { connection, concurrency: CONCURRENCY.conduct });
    await worker.waitUntilReady();
  },
  /** Milliseconds until the card of each is posted. */
  async run(input) {
    // SAFETY: as above.
    const pairs = input as readonly Pair[];
    const startedAt = performance.now();
    let left = pairs.length;
    const all = new Promise<void>((resolve, reject) => {
      posted = (error) => {
        left -= 1;
        if (error !== undefined) reject(error instanceof Error ? error : new Error('not posted'));
        else if (left === 0) resolve();
      };
    });
    await eachOf(pairs, IN_FLIGHT, begin);
    await all;
    return performance.now() - startedAt;
  },
});

async function begin(pair: Pair): Promise<void> {
  const { redis, queue, given } = parts();
  const id = randomBytes(16).toString('hex');
  await recordRaw(redis, given.texts, { id, trigger: id });
  await queue.add('request', pair, { ...ENDS_REMOVED, jobId: id });
}

async function carry({ data }: Job<Pair>): Promise<void> {
  const { ldap, web, domain, given } = parts();
  try {
    await readPair(ldap, domain, data);
    await web.chat.postMessage(given.card);
    posted();
  } catch (error) {
    posted(error);
  }
}

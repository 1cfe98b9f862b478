import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SocketModeReceiver, type App, type ReceiverEvent } from '@slack/bolt';
import type { ChatPostMessageArguments, WebClient } from '@slack/web-api';
import { Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { Client } from 'ldapts';
import type { DomainAccess } from '../../lab/directory/domain';
import { boltLogger } from '../../src/bot/log';
import { openLog } from '../../src/cli/log';
import { COMMIT, NOTE, RECORD_INTAKE } from '../../src/jobs/ledger/scripts';
import { CONCURRENCY } from '../../src/jobs/queue/options';
import { recordRaw, type IntakeTexts } from '../ack/intake';
import { serveParent } from '../child';
import type { Pair } from '../main-job/job';
import { bindService } from '../main-job/ldap-part';
import { openWeb } from '../main-job/slack-part';
import { readPair } from './directory-read';
import { commitPlan, noteCard, type CourseTexts } from './told-course';

/** What the pipeline is opened with. */
export interface RawFlood {
  readonly redisUrl: string;
  /** JSON file of the practice domain. */
  readonly domainFile: string;
  /** A stand-in of its own, so that it gets its own commands. */
  readonly slack: { readonly apiUrl: string; readonly botToken: string; readonly appToken: string };
  /** What the bot has recorded for one command, and the card that it has posted for it. */
  readonly texts: IntakeTexts;
  readonly course: CourseTexts;
  readonly card: ChatPostMessageArguments;
}

interface Opened {
  readonly redis: Redis;
  readonly toDirectory: Queue;
  readonly toSlack: Queue;
  readonly ldap: Client;
  readonly web: WebClient;
  readonly domain: DomainAccess;
  readonly given: RawFlood;
}

/** A command on its way. `isLeast`: by the fewest calls that bring it to a card. */
interface Carried {
  readonly pair: Pair;
  readonly id: string;
  readonly label: string;
  readonly isLeast: boolean;
}

interface Awaited {
  readonly count: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

const TO_DIRECTORY = 'raw-directory';
const TO_SLACK = 'raw-slack';
const ENDS_REMOVED = { removeOnComplete: true, removeOnFail: true };

let opened: Opened | undefined;
let isLeast = false;
/** How many cards are posted, why one was not, and who waits for so many. */
let posted = 0;
let failure: unknown;
let awaited: Awaited | undefined;

function parts(): Opened {
  if (!opened) throw new Error('the pipeline was not opened');
  return opened;
}

/**
 * One process without a plan, a signature, a guard or a lease. Commands come to it as to the bot, over Socket Mode; for each it makes the
 * calls without which there is no card: the intake's script and the ack, a hop to who may read the directory, the reads, the plan's
 * script, a hop to who may speak in Slack, the post, and the script that keeps where the card stands. The fewest calls, of a pipeline
 * that trusts one process with everything and keeps no plan: the intake's script and the ack, one hop, the reads, the post.
 */
serveParent({
  async open(input) {
    // SAFETY: `bench.ts` of the same program asks in this shape.
    const given = input as RawFlood;
    const { redisUrl, slack } = given;
    const domain = JSON.parse(await readFile(given.domainFile, 'utf8')) as DomainAccess;
    const redis = new Redis(redisUrl);
    for (const { text } of [RECORD_INTAKE, COMMIT, NOTE]) await redis.script('LOAD', text);
    const queueTo = (line: string): Queue => new Queue(line, { connection: new Redis(redisUrl) });
    const [toDirectory, toSlack] = [queueTo(TO_DIRECTORY), queueTo(TO_SLACK)];
    const ldap = await bindService(domain);
    opened = { redis, toDirectory, toSlack, ldap, web: openWeb(slack), domain, given };
    for (const [line, work] of [
      [TO_DIRECTORY, plan],
      [TO_SLACK, tell],
    ] as const) {
      const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
      const carry = ({ data }: Job<Carried>): Promise<void> => work(data).catch(fail);
      await new Worker(line, carry, { connection, concurrency: CONCURRENCY.reports }).waitUntilReady();
    }
    await receive(slack);
  },
  /** From now on with all calls, or with the fewest. */
  way(input) {
    isLeast = input === 'least';
    return Promise.resolve();
  },
  /** Resolves when so many more cards are posted. */
  async posted(input) {
    const count = Number(input);
    await new Promise<void>((resolve, reject) => {
      awaited = { count, resolve, reject };
      settle();
    });
  },
});

/** Bolt's receiver without Bolt's App: nothing stands between the socket and the handler. */
async function receive({ apiUrl, appToken }: RawFlood['slack']): Promise<void> {
  const logger = boltLogger(openLog());
  const installerOptions = { clientOptions: { slackApiUrl: apiUrl } };
  const receiver = new SocketModeReceiver({ appToken, logger, installerOptions });
  // SAFETY: of the App a receiver uses nothing else.
  receiver.init({ processEvent: begin } as unknown as App);
  await receiver.start();
}

async function begin({ body, ack }: ReceiverEvent): Promise<void> {
  const { redis, toDirectory, given } = parts();
  const id = randomBytes(16).toString('hex');
  const [from = '', , to = ''] = String(body['text']).split(' ');
  const recorded = await recordRaw(redis, given.texts, { id, trigger: String(body['trigger_id']) });
  // SAFETY: see RECORD_INTAKE.
  const [, , label] = recorded as [number, string, string];
  await ack({ response_type: 'ephemeral', text: `${label} received: the directory is being read.` });
  await put(toDirectory, { pair: { from, to }, id, label, isLeast });
}

async function plan(carried: Carried): Promise<void> {
  const { redis, toSlack, ldap, domain, given } = parts();
  await readPair(ldap, domain, carried.pair);
  if (carried.isLeast) return tell(carried);
  await commitPlan(redis, given.course, { ...carried, head: given.texts.hash });
  await put(toSlack, carried);
}

async function tell(carried: Carried): Promise<void> {
  const { redis, web, given } = parts();
  await web.chat.postMessage(given.card);
  if (!carried.isLeast) await noteCard(redis, given.course, carried.id);
  posted += 1;
  settle();
}

async function put(queue: Queue, carried: Carried): Promise<void> {
  await queue.add('request', carried, { ...ENDS_REMOVED, jobId: carried.id });
}

function fail(error: unknown): void {
  failure ??= error;
  settle();
}

function settle(): void {
  if (!awaited) return;
  if (failure !== undefined) awaited.reject(failure);
  if (posted < awaited.count) return;
  posted -= awaited.count;
  awaited.resolve();
  awaited = undefined;
}

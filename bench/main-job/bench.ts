import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { ordinaryHosts } from '../../lab/directory/accounts';
import { startPractice, type Practice } from '../../lab/practice';
import { repositoryRoot } from '../../lab/repository';
import { startChild, type Child } from '../child';
import { figure, type Figure } from '../figures';
import type { BenchOrder } from '../order';
import { withUndoing } from '../undoing';
import { courseOf, type Course } from './course';
import { startHops, type Hops } from './hops';
import { approve, askFor, clientOf, PREFIX, undo, type Done, type Pair } from './job';
import { watchCommands } from './monitor';
import type { RawStart } from './raw-process';
import type { Ending } from './slack-part';

const GOAL = 1.5;
/** Sweeps come every two seconds; the first job with a course that can be told is taken. */
const COURSE_TRIES = 12;
/** The real thing: Samba and a Redis of its own. */
const OPTIONS: Omit<Parameters<typeof startPractice>[0], 'say'> = {
  pace: 'off',
  directory: join(repositoryRoot, 'lab', '.run'),
  port: 0,
  decideSeconds: 8 * 3600,
  isSimulated: false,
  redisUrl: '',
};

/** What the parts are measured with. */
interface Stage {
  readonly practice: Practice;
  readonly redis: Redis;
  readonly raw: Child;
}

interface Parts {
  readonly redis: number;
  readonly hops: number;
  readonly ldap: number;
  readonly kdc: number;
  readonly slack: number;
}

/** A job that was looked at, and its course. */
interface Looked {
  readonly course: Course;
  readonly done: Done;
}

/**
 * The main job on a whole practice instance, and after each job its raw parts, each alone: what Redis, BullMQ, the directory, the KDC and
 * Slack's stand-in take for what that job asked of them. What the bot does beside the job is in no part, so that the parts are a floor.
 */
export function benchMainJob({ runs, say }: BenchOrder): Promise<readonly Figure[]> {
  return withUndoing(async (undoing) => {
    const practice = await startPractice({ ...OPTIONS, say });
    undoing.push(() => practice.stop());
    // Jobs come here one after the other faster than Slack would take their messages; one job alone is far below its limits.
    await clientOf(practice).rates({ mode: 'off' });
    const redis = new Redis(practice.file.redisUrl);
    undoing.push(() => redis.quit());
    const raw = await openRaw(practice);
    undoing.push(() => raw.stop());
    const stage = { practice, redis, raw };
    const looked = await lookAtOne(stage);
    const hops = await startHops(practice.file.redisUrl, looked.course.hops);
    undoing.push(() => hops.stop());
    say(
      `One job: ${looked.course.ledger.length} commands to the ledger, ${looked.course.hops.length} BullMQ hops`,
    );
    return measure({ ...stage, hops, looked }, { runs, say });
  });
}

/** The raw parts are told what the directory worker is told: `lab/practice.ts` has left it beside the settings. */
async function openRaw({ file }: Practice): Promise<Child> {
  const raw = await startChild('main-job/raw-process');
  const { redisUrl, slackApiUrl: apiUrl, botToken, configFile } = file;
  const domainFile = join(dirname(configFile), '..', 'domain.json');
  await raw.ask('open', { redisUrl, domainFile, slack: { apiUrl, botToken } } satisfies RawStart);
  return raw;
}

/** The warm-up: jobs under watch until the course of one can be told. The request is kept as it was before the click. */
async function lookAtOne({ practice, redis, raw }: Stage): Promise<Looked> {
  const watch = await watchCommands(practice.file.redisUrl);
  try {
    for (let tries = 0; tries < COURSE_TRIES; tries += 1) {
      const waiting = await askFor(practice, redis, pairAt(tries));
      const { request } = waiting;
      await raw.ask('keep', { prefix: PREFIX, request });
      watch.take();
      const done = await approve(practice, redis, waiting);
      const course = courseOf(watch.take(), { prefix: PREFIX, request });
      await undo(practice, waiting.pair);
      if (course) return { course, done };
    }
  } finally {
    watch.stop();
  }
  throw new Error(`the course of none of ${COURSE_TRIES} jobs could be told`);
}

async function measure(
  stage: Stage & { hops: Hops; looked: Looked },
  { runs, say }: BenchOrder,
): Promise<readonly Figure[]> {
  const { practice, redis } = stage;
  const jobs: number[] = [];
  const parts: Parts[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const done = await approve(practice, redis, await askFor(practice, redis, pairAt(run)));
    const measured = await measureParts(stage, done);
    // The first round only warms up both sides.
    if (run === 0) continue;
    jobs.push(done.ms);
    parts.push(measured);
    say(
      `run ${run}: ${done.pair.from} → ${done.pair.to}  ${done.ms.toFixed(1)} ms, parts ${sum(measured).toFixed(1)} ms`,
    );
  }
  const part = (name: string, of: keyof Parts): Figure =>
    figure({ name, unit: 'ms', runs: parts.map((each) => each[of]) });
  const sums = parts.map(sum);
  return [
    figure({ name: 'click → report in the thread', unit: 'ms', runs: jobs, reference: sums, goal: GOAL }),
    figure({
      name: 'the same, by the parts of its run',
      unit: '×',
      runs: jobs.map((ms, run) => ms / (sums[run] ?? 0)),
    }),
    figure({ name: 'sum of the raw parts', unit: 'ms', runs: sums }),
    part('· ledger commands, ioredis', 'redis'),
    part('· hops, BullMQ', 'hops'),
    part('· reads, modify, reads, ldapts', 'ldap'),
    part('· kinit and kvno', 'kdc'),
    part('· chat.update and chat.postMessage', 'slack'),
  ];
}

/** Each part alone, one after the other, on the pair of the job that has just ended; the pair is as before afterwards. */
async function measureParts(stage: Stage & { hops: Hops; looked: Looked }, done: Done): Promise<Parts> {
  const { practice, raw, hops, looked } = stage;
  const { pair } = done;
  const { request } = looked.done;
  const timed = async (what: string, input: unknown): Promise<number> => Number(await raw.ask(what, input));
  const kdc = await timed('kdc', pair);
  await undo(practice, pair);
  const ldap = await timed('ldap', pair);
  await undo(practice, pair);
  const redis = await timed('redis', { prefix: PREFIX, request, ledger: looked.course.ledger });
  const slack = await timed('slack', endingOf(done));
  return { redis, hops: await hops.run(), ldap, kdc, slack };
}

/** Both messages again: the card as it stands, and the report once more in its thread. */
function endingOf({ card, report }: Done): Ending {
  const { channel, thread_ts = '' } = report;
  const body = ({ text, blocks = [], metadata }: Done['card']) => ({ channel, text, blocks, metadata });
  // SAFETY: these are messages that the bot has sent itself, in Slack's own form.
  return {
    card: { ...body(card), ts: card.ts },
    report: { ...body(report), thread_ts, unfurl_links: false, unfurl_media: false },
  } as unknown as Ending;
}

/** Every ordered pair of the ordinary hosts in turn. */
function pairAt(index: number): Pair {
  const pairs = ordinaryHosts.flatMap((from) =>
    ordinaryHosts.filter((to) => to !== from).map((to) => ({ from, to })),
  );
  const pair = pairs[index % pairs.length];
  if (!pair) throw new Error('there are no hosts');
  return pair;
}

function sum(parts: Parts): number {
  return Object.values(parts).reduce((total, each: number) => total + each, 0);
}

import { join } from 'node:path';
import { Redis } from 'ioredis';
import { ordinaryHosts } from '../../lab/directory/accounts';
import { startPractice, type Practice } from '../../lab/practice';
import { repositoryRoot } from '../../lab/repository';
import type { Message } from '../../lab/slack/message';
import { intakeTexts } from '../ack/intake';
import { figure, type Figure } from '../figures';
import { residentMemory } from '../memory';
import { clientOf, PREFIX, type Pair } from '../main-job/job';
import type { BenchOrder } from '../order';
import { withUndoing } from '../undoing';
import { drained } from './drained';
import { openInlet, type Inlet } from './inlet';
import { startRaw, type Raw } from './raw';
import type { RawFlood } from './raw-process';
import { courseTexts } from './told-course';

/** All runs together. */
const COMMANDS = 10_000;
/** At least half the rate: at most twice the time for each command. */
const GOAL = 2;
/** What the second half of all commands may hold more than the first. */
const FLAT = 1.1;
const WARM_UP = 500;
const APPROVALS = 'C0HYPERV';

const OPTIONS: Omit<Parameters<typeof startPractice>[0], 'say'> = {
  pace: 'off',
  directory: join(repositoryRoot, 'lab', '.run'),
  port: 0,
  decideSeconds: 8 * 3600,
  isSimulated: false,
  redisUrl: '',
};

interface Stage {
  readonly practice: Practice;
  readonly redis: Redis;
  readonly inlet: Inlet;
  readonly raw: Raw;
}

/** One run: milliseconds for a command, and MB afterwards. */
interface Run {
  readonly own: number;
  readonly raw: number;
  readonly least: number;
  readonly memory: number;
}

/**
 * Ten thousand commands come in over Socket Mode, a hundred unanswered at a time, until each request waits for its approval
 * with its card posted; by turns with pipelines of the bare calls, which are asked in the same way: of the same calls, and of the fewest
 * that could be. No limits of Slack's count. Whatever was asked stays open.
 */
export function benchFlood({ runs, say }: BenchOrder): Promise<readonly Figure[]> {
  return withUndoing(async (undoing) => {
    const practice = await startPractice({ ...OPTIONS, say });
    undoing.push(() => practice.stop());
    await clientOf(practice).rates({ mode: 'off' });
    const redis = new Redis(practice.file.redisUrl);
    undoing.push(() => redis.quit());
    const inlet = openInlet(practice.slack);
    const written = await firstCourse(redis, inlet);
    const raw = await startRaw(undoing, practice, { ...written, card: firstCard(practice) });
    const stage = { practice, redis, inlet, raw };
    await measure(stage, WARM_UP);
    const taken: Run[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const one = await measure(stage, Math.ceil(COMMANDS / runs));
      taken.push(one);
      const [own, bare, least] = [one.own, one.raw, one.least].map((ms) => ms.toFixed(2));
      const figures = `${own} ms for a command, the same calls ${bare} ms, the fewest ${least} ms`;
      say(`run ${run}: ${figures}; ${one.memory.toFixed(0)} MB`);
    }
    return figuresOf(taken);
  });
}

/** What the first command leaves in the ledger, at its intake and when its card stands: the bare scripts write as much. */
async function firstCourse(redis: Redis, inlet: Inlet): Promise<Pick<RawFlood, 'texts' | 'course'>> {
  await inlet(pairs(1).map(commandOf));
  const texts = await intakeTexts(redis, PREFIX);
  await drained(redis);
  return { texts, course: await courseTexts(redis, PREFIX) };
}

/** The card of the first command. */
function firstCard({ slack }: Practice): Message {
  const [card] = slack.messages.topLevel(APPROVALS);
  if (!card) throw new Error('the first command has no card');
  return card;
}

async function measure({ practice, redis, inlet, raw }: Stage, count: number): Promise<Run> {
  const asked = pairs(count).map(commandOf);
  const least = await raw('least', asked);
  const bare = await raw('all', asked);
  const { messages } = practice.slack;
  const before = messages.topLevel(APPROVALS).length;
  const startedAt = performance.now();
  await inlet(asked);
  await drained(redis);
  const own = performance.now() - startedAt;
  const cards = messages.topLevel(APPROVALS).slice(before);
  const waiting = cards.filter(({ blocks }) => JSON.stringify(blocks ?? []).includes('"request.approve"'));
  if (waiting.length !== count)
    throw new Error(`${waiting.length} of ${count} requests have a card to approve`);
  return { own: own / count, raw: bare / count, least: least / count, memory: await memoryOf(practice) };
}

/** What the programs of an instance hold right now, in MB. */
async function memoryOf({ programs }: Practice): Promise<number> {
  const held = await Promise.all(programs.map(({ child }) => residentMemory(child.pid ?? 0)));
  return held.reduce((sum, each) => sum + each, 0);
}

/** Ordered pairs of the ordinary hosts in turn. */
function pairs(count: number): readonly Pair[] {
  const all = ordinaryHosts.flatMap((from) =>
    ordinaryHosts.filter((to) => to !== from).map((to) => ({ from, to })),
  );
  return Array.from({ length: count }, (_, at) => all[at % all.length] ?? { from: '', to: '' });
}

function commandOf({ from, to }: Pair): string {
  return `/delegate ${from} -> ${to} cifs,migration`;
}

function figuresOf(runs: readonly Run[]): readonly Figure[] {
  const own = runs.map((run) => run.own);
  const raw = runs.map((run) => run.raw);
  const least = runs.map((run) => run.least);
  const half = Math.ceil(runs.length / 2);
  const memory = runs.map((run) => run.memory);
  return [
    figure({ name: 'a command until its card', unit: 'ms', runs: own, reference: raw, goal: GOAL }),
    figure({ name: 'its calls alone: scripts, hops, directory reads, post', unit: 'ms', runs: raw }),
    figure({ name: 'the fewest calls: script, hop, directory reads, post', unit: 'ms', runs: least }),
    figure({
      name: 'memory of the programs, later runs',
      unit: 'MB',
      runs: [Math.max(...memory.slice(half))],
      reference: [Math.max(...memory.slice(0, half))],
      goal: FLAT,
    }),
  ];
}

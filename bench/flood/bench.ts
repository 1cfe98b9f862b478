import { dirname, join } from 'node:path';
import type { ChatPostMessageArguments } from '@slack/web-api';
import { Redis } from 'ioredis';
import { ordinaryHosts } from '../../lab/directory/accounts';
import { startPractice, type Practice } from '../../lab/practice';
import { repositoryRoot } from '../../lab/repository';
import type { Message } from '../../lab/slack/message';
import { intakeTexts, type IntakeTexts } from '../ack/intake';
import { startChild, type Child } from '../child';
import { figure, type Figure } from '../figures';
import { residentMemory } from '../memory';
import { clientOf, PREFIX, type Pair } from '../main-job/job';
import type { BenchOrder } from '../order';
import { withUndoing } from '../undoing';
import { drained } from './drained';
import { openInlet, type Inlet } from './inlet';
import type { RawFlood } from './raw-process';

/** All runs together. */
const COMMANDS = 10_000;
/** At least half the rate: at most twice the time for each command. */
const GOAL = 2;
/** What the second half of all commands may hold more than the first. */
const FLAT = 1.1;
const WARM_UP = 50;
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
  readonly raw: Child;
}

/** One run: milliseconds for a command, and MB afterwards. */
interface Run {
  readonly own: number;
  readonly raw: number;
  readonly memory: number;
}

/**
 * Ten thousand commands come in over Socket Mode, a hundred unanswered at a time, until each request waits for its approval
 * with its card posted; by turns with a pipeline of the bare calls. No limits of Slack's count. Whatever was asked stays open.
 */
export function benchFlood({ runs, say }: BenchOrder): Promise<readonly Figure[]> {
  return withUndoing(async (undoing) => {
    const practice = await startPractice({ ...OPTIONS, say });
    undoing.push(() => practice.stop());
    await clientOf(practice).rates({ mode: 'off' });
    const redis = new Redis(practice.file.redisUrl);
    undoing.push(() => redis.quit());
    const inlet = openInlet(practice.slack);
    const texts = await firstIntake(redis, inlet);
    const raw = await startChild('flood/raw-process');
    undoing.push(() => raw.stop());
    await raw.ask('open', startOf(practice, texts));
    const stage = { practice, redis, inlet, raw };
    await measure(stage, WARM_UP);
    const taken: Run[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const one = await measure(stage, Math.ceil(COMMANDS / runs));
      taken.push(one);
      const figures = `${one.own.toFixed(2)} ms for a command, bare calls ${one.raw.toFixed(2)} ms`;
      say(`run ${run}: ${figures}; ${one.memory.toFixed(0)} MB`);
    }
    return figuresOf(taken);
  });
}

/** The first command is stopped at its intake, whose size the bare script takes. */
async function firstIntake(redis: Redis, inlet: Inlet): Promise<IntakeTexts> {
  await inlet(pairs(1).map(commandOf));
  const texts = await intakeTexts(redis, PREFIX);
  await drained(redis);
  return texts;
}

function startOf({ file, slack }: Practice, texts: IntakeTexts): RawFlood {
  const { redisUrl, slackApiUrl: apiUrl, botToken, configFile } = file;
  const domainFile = join(dirname(configFile), '..', 'domain.json');
  const [card] = slack.messages.topLevel(APPROVALS);
  if (!card) throw new Error('the first command has no card');
  return { redisUrl, domainFile, slack: { apiUrl, botToken }, texts, card: postOf(card) };
}

function postOf({ channel, text, blocks = [], metadata }: Message): ChatPostMessageArguments {
  // SAFETY: it is a message that the bot has sent itself, in Slack's own form.
  return { channel, text, blocks, metadata } as unknown as ChatPostMessageArguments;
}

async function measure({ practice, redis, inlet, raw }: Stage, count: number): Promise<Run> {
  const asked = pairs(count);
  const bare = Number(await raw.ask('run', asked));
  const { messages } = practice.slack;
  const before = messages.topLevel(APPROVALS).length;
  const startedAt = performance.now();
  await inlet(asked.map(commandOf));
  await drained(redis);
  const own = performance.now() - startedAt;
  const cards = messages.topLevel(APPROVALS).slice(before);
  const waiting = cards.filter(({ blocks }) => JSON.stringify(blocks ?? []).includes('"request.approve"'));
  if (waiting.length !== count)
    throw new Error(`${waiting.length} of ${count} requests have a card to approve`);
  return { own: own / count, raw: bare / count, memory: await memoryOf(practice) };
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
  const half = Math.ceil(runs.length / 2);
  const memory = runs.map((run) => run.memory);
  return [
    figure({ name: 'a command until its card', unit: 'ms', runs: own, reference: raw, goal: GOAL }),
    figure({ name: 'script, hop, directory read, post', unit: 'ms', runs: raw }),
    figure({
      name: 'memory of the programs, later runs',
      unit: 'MB',
      runs: [Math.max(...memory.slice(half))],
      reference: [Math.max(...memory.slice(0, half))],
      goal: FLAT,
    }),
  ];
}

import { ledgerKeys } from '../../src/jobs/ledger/keys';
import type { Child } from '../child';
import { figure, percentile, type Figure } from '../figures';
import type { BenchOrder } from '../order';
import { withUndoing } from '../undoing';
import { burstOn, type Send } from './burst';
import type { CrowdOrder } from './crowd-process';
import { openStage, PREFIX, type AppOnSlack, type Stage } from './stage';

const GOAL = 1.3;
const IN_FLIGHT = 200;

/** Percentiles of one round. */
interface Round {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Rounds of 200 commands at once, by turns to a Bolt app that runs one script and to the bot. First as 200 people have it, by the control
 * API of the stand-in; then at the sockets, where nothing of the stand-in's own work is in the times.
 */
export function benchAck({ runs, say }: BenchOrder): Promise<readonly Figure[]> {
  return withUndoing(async (undoing) => {
    say('Starting the bot, and a Bolt app that runs one script');
    const stage = await openStage(undoing, (crowd, app) => crowdOn(crowd, app)(1));
    const { crowd, bot, reference } = stage;
    const people = await alternate(
      stage,
      { bot: crowdOn(crowd, bot), reference: crowdOn(crowd, reference) },
      runs,
    );
    // From here on the stand-ins' acks go to the bursts.
    const bursts = { bot: burstOn(bot.standIn), reference: burstOn(reference.standIn) };
    const sockets = await alternate(stage, bursts, runs);
    return [...figuresOf('at the socket', sockets, GOAL), ...figuresOf('for people', people)];
  });
}

interface Rounds {
  readonly bot: readonly Round[];
  readonly reference: readonly Round[];
}

/** Reference and bot by turns, after one round each that only warms up. */
async function alternate(
  { redis }: Stage,
  send: { bot: Send; reference: Send },
  runs: number,
): Promise<Rounds> {
  const bot: Round[] = [];
  const reference: Round[] = [];
  for (let run = 0; run <= runs; run += 1) {
    reference.push(await round(send.reference));
    bot.push(await round(send.bot));
    // What the bot would report is thrown away: posting two hundred cards must not go on in the next round.
    await redis.del(ledgerKeys(PREFIX).unreported, `${PREFIX}:conduct:wait`);
  }
  return { bot: bot.slice(1), reference: reference.slice(1) };
}

/** One command alone first, so that what the bot remembers for a minute only is seldom asked anew within the burst. */
async function round(send: Send): Promise<Round> {
  await send(1);
  const times = await send(IN_FLIGHT);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function crowdOn(crowd: Child, { standIn, labToken }: AppOnSlack): Send {
  // SAFETY: `crowd-process.ts` answers with the times.
  return async (count) =>
    (await crowd.ask('send', {
      url: standIn.url,
      labToken,
      count,
    } satisfies CrowdOrder)) as readonly number[];
}

function figuresOf(where: string, { bot, reference }: Rounds, goal?: number): readonly Figure[] {
  const of = (rounds: readonly Round[], share: keyof Round) => rounds.map((each) => each[share]);
  const both = (share: keyof Round) => ({
    name: `bot ${share} ${where}`,
    unit: 'ms',
    runs: of(bot, share),
    reference: of(reference, share),
  });
  const alone = (share: keyof Round) => ({
    name: `one script ${share} ${where}`,
    unit: 'ms',
    runs: of(reference, share),
  });
  return [
    figure({ ...both('p99'), ...(goal !== undefined && { goal }) }),
    figure(both('p50')),
    figure(alone('p99')),
    figure(alone('p50')),
  ];
}

import type { Fields } from '../slack/fields';
import { hold, until, type Stage } from './stage';

/** An ordered pair of hosts: which would act for a user, and on which. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** What the KDC says of cifs for a pair, and whether the directory holds the values for migration. */
interface Word {
  readonly cifs: 'granted' | 'refused';
  readonly migration: 'present' | 'absent';
}

export const GRANTED: Word = { cifs: 'granted', migration: 'present' };
export const REFUSED: Word = { cifs: 'refused', migration: 'absent' };

/**
 * Says what KDC and directory say about each pair, and holds them to the wanted word. Where there is no KDC the directory's
 * part alone is held, and the stage is told that nothing was proved.
 */
export async function expectKdc(stage: Stage, pairs: readonly Pair[], wanted: Word): Promise<void> {
  const answers = await Promise.all(pairs.map((pair) => ask(stage, pair)));
  for (const [index, pair] of pairs.entries()) judge(stage, pair, { answer: answers[index] ?? {}, wanted });
}

/** The same for one pair, as soon as it is so: for what soon ends again. */
export async function awaitKdc(stage: Stage, pair: Pair, wanted: Word): Promise<void> {
  const answer = await until(`${pair.from} → ${pair.to} to be ${wanted.cifs}`, async () => {
    const said = await ask(stage, pair);
    const isSaid = isSilent(said) ? said['migration'] !== undefined : said['cifs'] === wanted.cifs;
    return isSaid && said['migration'] === wanted.migration ? said : undefined;
  });
  judge(stage, pair, { answer, wanted });
}

function ask({ client }: Stage, { from, to }: Pair): Promise<Fields> {
  return client.get('/_lab/kdc', { from, to });
}

function isSilent(answer: Fields): boolean {
  return answer['error'] === 'no_verdict';
}

function judge(
  { say, unproved }: Stage,
  { from, to }: Pair,
  { answer, wanted }: { answer: Fields; wanted: Word },
): void {
  const way = `${from} → ${to}`;
  const { migration } = answer;
  if (isSilent(answer)) {
    unproved(`no KDC answers about ${way}`);
    // A simulated directory still shows what it holds.
    if (typeof migration !== 'string') return;
    say(`KDC: ${way}   cifs not asked (there is none), migration values ${migration} (simulated directory)`);
    hold(
      migration === wanted.migration,
      `${way} has its migration values ${migration}, not ${wanted.migration}`,
    );
    return;
  }
  say(`KDC: ${way}   cifs ${String(answer['cifs'])}, migration values ${String(migration)}`);
  const holds = answer['ok'] === true && answer['cifs'] === wanted.cifs && migration === wanted.migration;
  hold(holds, `${way} is ${JSON.stringify(answer)}, not ${JSON.stringify(wanted)}`);
}

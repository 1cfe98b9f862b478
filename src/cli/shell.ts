import type { Command } from 'commander';
import type { Signer } from '../core/ports';
import { jobFor } from '../core/request/record';
import { sayFreeze, shellIdentity } from '../jobs/freeze';
import { sayPause, sayStop } from '../jobs/instructions';
import type { Answered } from '../jobs/statements';
import { systemClock } from '../jobs/ports/system-clock';
import { systemRandom } from '../jobs/ports/system-random';
import { openLog } from './log';
import { openStores } from './open-stores';
import { loadSettings } from './settings-file';

interface Options {
  readonly config: string;
  readonly lab?: true;
}

type Stores = Awaited<ReturnType<typeof openStores>>;

/** What only keeps things from happening is honoured unsigned. There is no key at a shell, so nothing else can be said from it. */
const UNSIGNED: Signer = { keyId: 'unsigned', sign: () => '' };

/** Adds what can be said with Slack down, on a host that reaches the ledger, under the operating system's identity. */
export function addShell(program: Command): void {
  const command = (
    name: string,
    about: string,
    say: (stores: Stores, what: string) => Promise<string>,
  ): void => {
    program
      .command(name)
      .description(about)
      .option('--config <file>', 'the settings', 'handover.yaml')
      .option('--lab', 'lab mode: refuses every address outside loopback')
      .action(async (what: string, options: Options) => {
        const settings = loadSettings(options.config);
        const stores = await openStores({ settings, mode: options.lab ? 'lab' : 'normal', log: openLog() });
        try {
          process.stdout.write(`${await say(stores, what)}\n`);
        } finally {
          await stores.close();
        }
      });
  };
  command('freeze <why>', 'let nothing new begin, anywhere; only Slack can end that', freeze);
  command('pause <request>', 'let no further step of a request begin; only Slack can resume it', pause);
  command('stop <request>', 'end a request after the step in flight', stop);
}

async function freeze(stores: Stores, why: string): Promise<string> {
  const said = await sayFreeze(
    { ...stores, clock: systemClock, random: systemRandom },
    { by: shellIdentity(), why },
  );
  if (said.kind === 'refused') return refused(said.problem);
  return `🧊 Frozen: nothing new begins, steps in flight are finished. Somebody ends it in Slack: /hv unfreeze "why".`;
}

function pause(stores: Stores, label: string): Promise<string> {
  const done = `⏸ ${label} is paused: no further step begins. Somebody resumes it on its card in Slack.`;
  return say(stores, label, { word: sayPause, done });
}

function stop(stores: Stores, label: string): Promise<string> {
  return say(stores, label, {
    word: sayStop,
    done: `⏹ ${label} stops after the step in flight; what is written stays.`,
  });
}

/** How often a word is tried again after somebody else's transition came first. */
const TRIES = 8;

async function say(
  { ledger, queue }: Stores,
  label: string,
  { word, done }: { word: typeof sayStop; done: string },
): Promise<string> {
  const parts = { ledger, signer: UNSIGNED, clock: systemClock };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const record = await ledger.findByLabel(label.toUpperCase());
    if (!record)
      return refused({ summary: `No request is called ${label}.`, remedy: 'Look at handover status.' });
    const answered: Answered | 'again' = await word(parts, record, shellIdentity());
    if (answered === 'again') continue;
    if (answered.kind === 'refused') return refused(answered.problem);
    await queue.put('conduct', jobFor(answered.record, 'conduct')).catch(() => undefined);
    return done;
  }
  return refused({ summary: `${label} is changing right now.`, remedy: 'Say it again.' });
}

function refused({ summary, remedy }: { summary: string; remedy: string }): string {
  process.exitCode = 1;
  return `🚫 ${summary} Nothing was changed. ${remedy}`.trim();
}

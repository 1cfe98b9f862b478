import { join } from 'node:path';
import { repositoryRoot } from '../lab/repository';
import { benchAck } from './ack/bench';
import type { Figure } from './figures';
import { benchDrain } from './drain/bench';
import { benchFlood } from './flood/bench';
import { benchMainJob } from './main-job/bench';
import { benchMesh } from './mesh/bench';
import { benchPlanner } from './planner/bench';
import { benchPowerShell } from './powershell/bench';
import { readOptions, UsageError } from './options';
import type { BenchOrder } from './order';
import { commitOf, thisMachine, writeResult } from './result';
import { tableOf } from './table';
import { Interrupted } from './undoing';

/** A bench: takes its figures, with everything it needs started and ended by itself, on loopback addresses only. */
interface Bench {
  readonly about: string;
  readonly run: (order: BenchOrder) => Promise<readonly Figure[]>;
}

const benches: Readonly<Record<string, Bench>> = {
  'main-job': {
    about: 'from the approving click to the report in the thread, against the sum of its raw parts',
    run: benchMainJob,
  },
  ack: {
    about: '200 commands in flight until each is acknowledged, against a Bolt app that runs one script',
    run: benchAck,
  },
  mesh: {
    about:
      'all of 64 hosts delegate to each other: planned, written and read back, against ldap-utils and samba-tool',
    run: benchMesh,
  },
  flood: {
    about:
      '10,000 commands until each has its card, against a pipeline of the bare calls: script, hop, directory, post',
    run: benchFlood,
  },
  planner: {
    about:
      'plans of moves against the exact optimum, first-fit decreasing, inventory order, the lower bound and the clock',
    run: benchPlanner,
  },
  drain: {
    about: 'whole drains on the practice fabric, by its own clock, against bytes over bandwidth',
    run: benchDrain,
  },
  powershell: {
    about: 'a call over the pool of shells, against the bare host over stdin and a process for each call',
    run: benchPowerShell,
  },
};

const results = join(repositoryRoot, 'bench', 'results');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run bench`: 0 figures were taken, 1 it failed (or with `--check` a goal was missed), 2 not understood. */
async function main(): Promise<number> {
  const { bench, check, runs } = readOptions(process.argv.slice(2), Object.keys(benches));
  const chosen = bench === null ? undefined : benches[bench];
  if (bench === null || !chosen) {
    for (const [name, { about }] of Object.entries(benches)) say(`npm run bench -- ${name}   ${about}`);
    return 0;
  }
  const commit = commitOf(repositoryRoot);
  const figures = await chosen.run({ runs, say });
  const result = { bench, commit, machine: thisMachine(), figures };
  say('');
  for (const line of tableOf(result)) say(line);
  say(`\nWritten to ${writeResult(results, result)}`);
  return check && figures.some(({ met }) => met === false) ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof Interrupted) process.exit(error.code);
    const isUsage = error instanceof UsageError;
    process.stderr.write(
      `${isUsage ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exit(isUsage ? 2 : 1);
  },
);

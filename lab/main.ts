import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { controllerPackages, controllerPrograms } from './directory/controller';
import { removeLabFile, writeLabFile } from './lab-file';
import { MissingPartError, whatIsMissing } from './machine';
import { readOptions, UsageError, type LabOptions } from './options';
import { startPractice, type Practice } from './practice';
import { labClient } from './slack/client';
import { repositoryRoot } from './repository';
import { play, stories } from './tour/stories';

/** Tests give a lab a place of its own, so that it does not meet one that a person runs. */
const runDirectory = process.env['HANDOVER_LAB_RUN'] ?? join(repositoryRoot, 'lab', '.run');
const labFile = join(runDirectory, 'lab.json');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run lab`: 0 in order, 1 failed, 2 not understood or a part is missing, 3 a tour held but nothing was proved. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.tour !== null && !(options.tour in stories)) {
    throw new UsageError(`There is no tour ${options.tour}; there are: ${Object.keys(stories).join(', ')}`);
  }
  await removeLabFile(labFile);
  if (options.fresh) await rm(join(repositoryRoot, 'lab', '.cache'), { recursive: true, force: true });
  const interrupted = signal();
  const whySimulated = reasonToSimulate(options);
  if (whySimulated !== null && options.controllers > 1)
    throw new MissingPartError(
      `--controllers 2 takes Samba, but the directory is simulated: ${whySimulated}`,
    );
  announce(whySimulated);
  const { decideSeconds, port, controllers, timeScale } = options;
  const isSimulated = whySimulated !== null;
  const redisUrl = process.env['REDIS_URL'] ?? '';
  const practice = await startPractice({
    directory: runDirectory,
    decideSeconds,
    port,
    isSimulated,
    controllers,
    timeScale,
    redisUrl,
    powerShell: true,
    say,
  });
  try {
    await writeLabFile(labFile, practice.file);
    return await Promise.race([
      options.tour === null ? stayUp(practice, interrupted) : tour(practice, options),
      interrupted,
    ]);
  } finally {
    await removeLabFile(labFile);
    await practice.stop();
  }
}

/** Null where the real domain is to be had. */
function reasonToSimulate(options: LabOptions): string | null {
  if (options.simulatedDirectory) return 'as --simulated-directory asks';
  return whatIsMissing(controllerPrograms, controllerPackages);
}

function announce(whySimulated: string | null): void {
  if (whySimulated === null) {
    say('Starting the practice domain: Redis, Samba (Active Directory, Kerberos), a stand-in for Slack');
    return;
  }
  say('*** SIMULATED DIRECTORY: nothing here is proved. There is no Active Directory and no KDC. ***');
  say(`    (${whySimulated})`);
  say('Starting the practice domain: Redis, a directory in memory, a stand-in for Slack');
}

async function tour(practice: Practice, options: LabOptions): Promise<number> {
  const client = labClient({ url: practice.slack.url, labToken: practice.file.labToken });
  const { users, channels } = practice.slack.workspace;
  return play(options.tour ?? 'delegate', { client, say, users, channels });
}

function stayUp(practice: Practice, interrupted: Promise<number>): Promise<number> {
  say('');
  if (practice.directory.kind === 'simulated') say('The directory is simulated: nothing here is proved.');
  say(`Open ${practice.slack.pageUrl}`);
  say('Then, as the requester, in #hyper-v:  /delegate hyper-v01 -> hyper-v02 cifs,migration');
  say(`Everything an outside tool needs is in ${relative(process.cwd(), labFile)}. Ctrl-C ends the lab.`);
  return interrupted;
}

/** Resolves with the usual exit code of the first signal that asks to end. */
function signal(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(130));
    process.once('SIGTERM', () => resolve(143));
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isForPeople = error instanceof UsageError || error instanceof MissingPartError;
    process.stderr.write(
      `${isForPeople ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exit(isForPeople ? 2 : 1);
  },
);

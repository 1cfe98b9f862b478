import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabFile } from '../../lab/lab-file';
import { repositoryRoot } from '../../lab/repository';
import { waitFor } from '../../lab/wait-for';
import { scratchDirectory } from './scratch';

/** A lab as a person starts it, in a place of its own; what runs is the build. */
export interface LabProcess {
  readonly child: ChildProcess;
  /** The folder that the lab's files are in. */
  readonly run: string;
  /** Where lab.json comes to be. */
  readonly file: string;
  /** Everything that it has printed. */
  readonly output: () => string;
  /** Waits for lab.json. */
  readonly ready: () => Promise<LabFile>;
  /** Waits for the end. */
  readonly exitCode: () => Promise<number>;
}

const running = new Set<ChildProcess>();

/** Ends the labs that are left, as a test that failed leaves them: for after all tests of a file. */
export async function endLabs(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    }),
  );
}

/** A lab is four programs beside Samba, Redis and its page; on a machine that does much else that takes its time. */
const READY_MS = 45_000;

/** Starts a lab with these arguments; `env` is added to the environment. */
export async function startLab(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<LabProcess> {
  const run = await scratchDirectory();
  const entry = join(repositoryRoot, 'dist', 'lab', 'main.js');
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, REDIS_URL: '', HANDOVER_LAB_RUN: run, ...env },
  });
  running.add(child);
  const ended = once(child, 'close').finally(() => running.delete(child));
  const file = join(run, 'lab.json');
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    run,
    file,
    output: () => text,
    ready: () =>
      waitFor(
        'lab.json',
        () =>
          Promise.resolve(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LabFile) : undefined),
        READY_MS,
      ),
    exitCode: async () => (await ended)[0] as number,
  };
}

/** Whether a process runs; one that has ended and was not waited for does not. */
export function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
}

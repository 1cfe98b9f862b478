import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, isRunning } from './processes';
import { repositoryRoot } from './repository';

/** A program of Handover running as a process of its own. */
export interface Program {
  readonly name: ProgramName;
  readonly child: ChildProcess;
  readonly logFile: string;
  /** SIGKILL, as a crash. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The programs of an instance. */
export type ProgramName = 'bot' | 'conduct' | 'directory' | 'hyperv';

/** What a program is started with. */
export interface ProgramPlace {
  readonly config: string;
  /** JSON file of the practice domain, for the KDC's proof. */
  readonly domainFile: string;
  /** JSON file of the fabric; absent: there is none. */
  readonly fabricFile?: string;
  /** Where logs go. */
  readonly directory: string;
  readonly env?: Record<string, string>;
}

const readyWithinMs = 30_000;

/** The built entry point: spawned programs run the build, whatever runs this file. */
const entry = join(repositoryRoot, 'dist', 'lab', 'handover.js');

/** Starts one program and waits until it serves. Throws with the place of its log when it ends first. */
export async function startProgram(name: ProgramName, place: ProgramPlace): Promise<Program> {
  const logFile = join(place.directory, `${name}.log`);
  const log = openSync(logFile, 'a', 0o600);
  const child = fork(
    entry,
    [name, place.config, name === 'hyperv' ? (place.fabricFile ?? '') : place.domainFile],
    {
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, ...place.env },
      execArgv: [],
    },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), readyWithinMs);
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  clearTimeout(timer);
  if (first !== 'ready') throw new Error(`${name} did not start; its log is ${logFile}`);
  return {
    name,
    child,
    logFile,
    async kill() {
      if (!isRunning(child)) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    stop: () => endProcess(child, 'SIGTERM'),
  };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How a finished command ended; `code` is 128 when a signal ended it. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  /** Text for standard input, so that secrets stay out of the process list. */
  input?: string;
  timeoutMs?: number;
}

/** Servers live in sbin, which is not on everybody's path. */
const searchPath = `${process.env['PATH'] ?? '/usr/bin:/bin'}${delimiter}/usr/sbin${delimiter}/sbin`;

/** The environment of every lab process: messages in English, since some are judged by their text. */
export function labEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: searchPath, LC_ALL: 'C', ...extra };
}

/** Finds a program on the path and in the sbin directories; undefined when the machine does not have it. */
export function findProgram(program: string): string | undefined {
  return searchPath
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => isExecutable(path));
}

/** Throws one error that names every program that is missing and the Debian packages that bring them. */
export function requirePrograms(programs: readonly string[], packages: string): void {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return;
  throw new Error(
    `Lab part missing: ${missing.join(', ')}. On Debian or Ubuntu: apt-get install ${packages}`,
  );
}

/**
 * The command line of a server that ends (SIGTERM) when its parent dies, even by SIGKILL, so that a killed test run leaves nothing
 * behind. setpriv becomes the program (exec), so the pid is the program's own; where there is no setpriv the server outlives a kill.
 */
export function boundToParent(program: string, args: readonly string[]): [string, string[]] {
  if (findProgram('setpriv') === undefined) return [program, [...args]];
  return ['setpriv', ['--pdeathsig', 'TERM', program, ...args]];
}

/** Runs a command to its end and returns how it ended. Rejects if it cannot start or overruns its time (default 60 s). */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(command, args, { env: labEnvironment(options.env), stdio: 'pipe' });
  const timeoutMs = options.timeoutMs ?? 60_000;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that ends without reading its input is judged by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (timedOut)
      throw new Error(`${command} ${args[0] ?? ''} did not end within ${timeoutMs} ms: ${stderr}`);
    return { code: code ?? 128, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a command that must succeed and returns its standard output; the error carries what it said. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(command, args, options);
  if (result.code === 0) return result.stdout;
  throw new Error(
    `${command} ${args.slice(0, 2).join(' ')} ended with ${result.code}: ${result.stderr || result.stdout}`,
  );
}

export function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Sends the signal, waits for the end and falls back to SIGKILL after the grace time. Fine on an ended process. */
export async function endProcess(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
  graceMs = 5_000,
): Promise<void> {
  if (!isRunning(child)) return;
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  child.kill(signal);
  await exited;
  clearTimeout(timer);
}

/** What a server that is starting up is waited for. */
export interface Readiness {
  child: ChildProcess;
  logFile: string;
  timeoutMs: number;
  /** Resolves to true once the server answers; a rejection means not yet. */
  isReady(): Promise<boolean>;
}

/** Waits until the server answers. Throws with the end of its log when it exits or its time runs out first. */
export async function waitUntilReady(name: string, readiness: Readiness): Promise<void> {
  const deadline = Date.now() + readiness.timeoutMs;
  let lastError: unknown;
  const isReady = (): Promise<boolean> =>
    readiness.isReady().catch((error: unknown) => {
      lastError = error;
      return false;
    });
  while (!(await isReady())) {
    const ended = !isRunning(readiness.child);
    if (ended || Date.now() > deadline) {
      const why = ended ? 'ended while starting' : `did not answer within ${readiness.timeoutMs} ms`;
      throw new Error(`${name} ${why}:\n${endOf(readiness.logFile)}`, { cause: lastError });
    }
    await pause(25);
  }
}

function endOf(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').slice(-2_000);
  } catch {
    return '(no log)';
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PowerShell } from 'node-powershell';
import { quoted } from '../../../core/hyperv/quoted';
import type { Clock, Random } from '../../../core/ports';
import { answerIn, COMMAND, lineOf, type Call, type CallAnswer } from './call';

/** How a shell is started. */
export interface ShellOptions {
  /** `pwsh`, `powershell`, or the path of another host of the engine. */
  readonly executable: string;
  /** Path of Handover.psm1. */
  readonly module: string;
  /** Beside this process' own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly random: Random;
}

/** One PowerShell process. It takes one call at a time. */
export interface Shell {
  /** Never rejects. After a call that was not answered in time the process is gone. */
  call(call: Call, deadlineMs: number): Promise<CallAnswer>;
  /** Whether another call can be made. */
  isAlive(): boolean;
  /** Ends the process at once. */
  kill(): void;
}

/** How long a process may take to start and to load the module, in milliseconds. */
const START_MS = 30_000;

/** Starts a process and loads the module. Null when that does not work within half a minute. */
export async function openShell(options: ShellOptions): Promise<Shell | null> {
  const { module, random } = options;
  const lines = startProcess(options);
  const loaded = random.hex(16);
  let isThere = false;
  const asLoaded = (said: string): boolean | null => {
    isThere ||= said === COMMAND;
    return said === loaded ? isThere : null;
  };
  const isLoaded = await lines.run(`${importOf(module)}; '${loaded}'`, asLoaded, START_MS);
  if (!isLoaded || !lines.isAlive()) {
    lines.kill();
    return null;
  }
  return {
    async call(call, deadlineMs) {
      if (!lines.isAlive()) return { kind: 'unknown' };
      const nonce = random.hex(16);
      const answer = await lines.run(lineOf(call, nonce), (line) => answerIn(line, nonce), deadlineMs);
      return answer ?? { kind: 'unknown' };
    },
    isAlive: () => lines.isAlive(),
    kill: () => lines.kill(),
  };
}

/** A process that takes lines. */
interface Lines {
  /** Writes a line, and reads on until something is read from a line that comes back; null when that is not so in time. */
  run<T>(line: string, read: (said: string) => T | null, deadlineMs: number): Promise<T | null>;
  isAlive(): boolean;
  kill(): void;
}

/** node-powershell holds the process and no more: its own protocol says four commands around each one, which takes ten times as long as the call itself. */
function startProcess({ executable, env, clock }: ShellOptions): Lines {
  const shell = new PowerShell({
    executable,
    // The machine's own policy for scripts stays as it is: this is said of the process alone.
    executableOptions: { '-NoProfile': true, '-NonInteractive': true, '-ExecutionPolicy': 'Bypass' },
    spawnOptions: { env: { ...process.env, ...env } },
  });
  const { stdin, stdout, stderr } = shell.streams;
  const { process: child, exitPromise } = held(shell);
  // Nobody waits for this promise of node-powershell's: unhandled, it would end Handover with the shell.
  exitPromise.catch(() => undefined);
  stdin.on('error', () => undefined);
  // What is in it is in the envelope too, or nobody knows what came of the call. Unread it would stop the process.
  stderr.resume();
  let hear = (_line: string): void => undefined;
  createInterface({ input: stdout, crlfDelay: Infinity }).on('line', (line) => hear(line));
  let isAlive = true;
  const ended = new Promise<null>((resolve) => {
    const end = (): void => {
      isAlive = false;
      resolve(null);
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const kill = (): void => {
    isAlive = false;
    child.kill('SIGKILL');
  };
  return {
    async run<T>(line: string, read: (said: string) => T | null, deadlineMs: number): Promise<T | null> {
      const timer = new AbortController();
      const late = clock.wait(deadlineMs, timer.signal).then(() => null);
      const heard = new Promise<T>((resolve) => {
        hear = (said) => {
          const found = read(said);
          if (found !== null) resolve(found);
        };
      });
      stdin.write(`${line}\n`);
      const first = await Promise.race([heard, ended, late]);
      // A reason of one's own: to make the usual one takes longer than all the rest here.
      timer.abort('answered');
      hear = () => undefined;
      // The command may still run, and its output would be taken for the next one's.
      if (first === null) kill();
      return first;
    },
    isAlive: () => isAlive,
    kill,
  };
}

/** Says the command's name when it is there. */
function importOf(module: string): string {
  return `Import-Module ${quoted(module)}; (Get-Command ${COMMAND}).Name`;
}

interface Held {
  readonly process: ChildProcess;
  readonly exitPromise: Promise<unknown>;
}

/** SAFETY: these are private in the types of child-shell 5.0 and there in every instance; a test holds that. */
function held(shell: PowerShell): Held {
  return shell as unknown as Held;
}

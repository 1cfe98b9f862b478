import type { ChildProcess } from 'node:child_process';
import { PowerShell } from 'node-powershell';
import type { Clock, Random } from '../../../core/ports';
import { answerOf, lineOf, type Call, type CallAnswer } from './call';

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
  const { executable, module, env, clock, random } = options;
  const shell = new PowerShell({
    executable,
    // The machine's own policy for scripts stays as it is: this is said of the process alone.
    executableOptions: { '-NoProfile': true, '-NonInteractive': true, '-ExecutionPolicy': 'Bypass' },
    throwOnInvocationError: false,
    spawnOptions: { env: { ...process.env, ...env } },
  });
  let isAlive = true;
  const { process: child } = held(shell);
  // Nobody waits for this promise of node-powershell's: unhandled, it would end Handover with the shell.
  held(shell).exitPromise.catch(() => undefined);
  const ended = new Promise<'ended'>((resolve) => {
    const end = (): void => {
      isAlive = false;
      resolve('ended');
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const kill = (): void => {
    isAlive = false;
    child.kill('SIGKILL');
  };

  async function invoke(line: string, deadlineMs: number): Promise<Output | null> {
    const timer = new AbortController();
    const late = clock.wait(deadlineMs, timer.signal).then(() => 'late' as const);
    const output = shell.invoke(line).then(
      ({ raw, hadErrors }): Output => ({ raw, hadErrors }),
      () => null,
    );
    const first = await Promise.race([output, ended, late]);
    timer.abort();
    // Every result would be kept for as long as the process lives.
    held(shell).history.length = 0;
    if (first !== 'late' && first !== 'ended') return first;
    // The command may still run, and its output would be taken for the next one's.
    kill();
    return null;
  }

  const isLoaded = await invoke(`Import-Module '${module.replaceAll("'", "''")}'`, START_MS);
  if (!isLoaded || isLoaded.hadErrors || !isAlive) {
    kill();
    return null;
  }
  return {
    async call(call, deadlineMs) {
      if (!isAlive) return { kind: 'unknown' };
      const nonce = random.hex(16);
      const output = await invoke(lineOf(call, nonce), deadlineMs);
      return output === null ? { kind: 'unknown' } : answerOf(output.raw, nonce);
    },
    isAlive: () => isAlive,
    kill,
  };
}

/** What a line has brought: its results, or, if there were errors, these instead. */
interface Output {
  readonly raw: string;
  readonly hadErrors: boolean;
}

interface Held {
  readonly process: ChildProcess;
  readonly exitPromise: Promise<unknown>;
  readonly history: unknown[];
}

/** SAFETY: these are protected in the types of child-shell 5.0 and there in every instance; a test holds that. */
function held(shell: PowerShell): Held {
  return shell as unknown as Held;
}

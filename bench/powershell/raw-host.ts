import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { lineOf, type Call } from '../../src/jobs/hyperv/powershell/call';

/** A process of PowerShell with nothing around it: lines in, lines out. */
export interface RawHost {
  /** Writes the line of a call and reads the one that comes back. Gives milliseconds. */
  call(call: Call): Promise<number>;
  stop(): Promise<void>;
}

/** Starts PowerShell as the pool does and loads the module by the first line. */
export async function startRawHost(executable: string, module: string): Promise<RawHost> {
  const args = [
    '-NoLogo',
    '-NoProfile',
    '-NonInteractive',
    '-ExecutionPolicy',
    'Bypass',
    '-NoExit',
    '-Command',
    '-',
  ];
  const child = spawn(executable, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let asked = 0;
  await once(child, 'spawn');
  child.stdin.write(`Import-Module '${module}'\n`);
  return {
    async call(call) {
      const startedAt = performance.now();
      // No two lines are alike, as no two calls are: the engine keeps what it has compiled by its text.
      asked += 1;
      child.stdin.write(`${lineOf(call, `${asked}`)}\n`);
      const { done } = await answers.next();
      if (done) throw new Error('PowerShell ended before it answered');
      return performance.now() - startedAt;
    },
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

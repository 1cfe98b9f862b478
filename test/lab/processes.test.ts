import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { boundToParent, mustRun, requirePrograms, runCommand, waitUntilReady } from '../../lab/processes';

describe('a lab command', () => {
  it('returns exit code and both outputs, and gets its input', async () => {
    const result = await runCommand('sh', ['-c', 'cat; echo oops >&2; exit 3'], { input: 'given' });
    expect(result).toEqual({ code: 3, stdout: 'given', stderr: 'oops\n' });
  });

  it('fails with what the command said when it must succeed', async () => {
    await expect(mustRun('sh', ['-c', 'echo no such host >&2; exit 3'])).rejects.toThrow('no such host');
  });

  it('is ended when it overruns its time', async () => {
    await expect(runCommand('sleep', ['30'], { timeoutMs: 50 })).rejects.toThrow('within 50 ms');
  });
});

describe('a lab server', () => {
  it('is named when the machine lacks it, with the packages that bring it', () => {
    expect(() => requirePrograms(['sh', 'no-such-server'], 'some-package')).toThrow(
      'Lab part missing: no-such-server. On Debian or Ubuntu: apt-get install some-package',
    );
  });

  it('that ends while starting is reported with its log at once', async () => {
    const child = spawn('false', { stdio: 'ignore' });
    const logFile = join(__dirname, 'processes.test.ts');
    const isReady = (): Promise<boolean> => Promise.reject(new Error('not yet'));
    await expect(waitUntilReady('It', { child, logFile, timeoutMs: 5_000, isReady })).rejects.toThrow(
      /ended while starting[\s\S]*end of this file/u,
    );
  });

  it('bound to its parent ends when the parent is killed', async () => {
    const [command, args] = boundToParent('sleep', ['60']);
    const script = `const { spawn } = require('node:child_process');
      console.log(spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}).pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(String(printed));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    while (isAlive(pid)) await pause(10);
  });
});

/** A zombie that nobody has reaped yet is dead. */
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
// end of this file

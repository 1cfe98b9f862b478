import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

let folder: string;
const started: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-foreground-'));
  const foreground = join(__dirname, '../../setup/steps/foreground.mjs');
  writeFileSync(
    join(folder, 'outer.mjs'),
    `import { runInForeground } from ${JSON.stringify(foreground)};
     process.exitCode = await runInForeground(process.argv.slice(2), { cwd: ${JSON.stringify(folder)} });`,
  );
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts a script under runInForeground; `next` gives the lines that it prints, one a call. */
function start(script: string): { child: ChildProcess; next: () => Promise<string>; code: Promise<unknown> } {
  const child = spawn(process.execPath, [join(folder, 'outer.mjs'), '-e', script, 'an argument'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    next: async () => String((await lines.next()).value),
    code: once(child, 'exit').then(([code]: unknown[]) => code),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a script in the foreground', () => {
  it('gets the arguments and gives its exit code', async () => {
    const { next, code } = start('console.log(process.argv[1]); process.exitCode = 3;');
    expect(await next()).toBe('an argument');
    expect(await code).toBe(3);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('gives the exit code of a shell when %s ends it (%d)', async (signal, expected) => {
    const { child, next, code } = start('setTimeout(() => {}, 20_000); console.log("up");');
    await next();
    child.kill(signal);
    expect(await code).toBe(expected);
  });

  it('gets one signal for one key press that arrives twice', async () => {
    const { child, next, code } = start(`
      let count = 0;
      process.on('SIGINT', () => console.log('interrupted', ++count));
      process.on('SIGTERM', () => { console.log('ending', count); process.exit(0); });
      setTimeout(() => {}, 20_000);
      console.log('up');
    `);
    await next();
    child.kill('SIGINT');
    expect(await next()).toBe('interrupted 1');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect(await next()).toBe('ending 1');
    expect(await code).toBe(0);
  });

  it('leaves no process behind', async () => {
    const { next, code } = start(`
      const left = require('node:child_process').spawn('sleep', ['60'], { stdio: 'ignore' });
      left.once('spawn', () => { console.log(left.pid); process.exit(0); });
    `);
    const left = Number(await next());
    expect(await code).toBe(0);
    expect(left).toBeGreaterThan(0);
    expect(isAlive(left)).toBe(false);
  });
});

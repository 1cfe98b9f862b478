import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jestArguments } from '../../setup/steps/tiers.mjs';

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

describe('the tiers', () => {
  const without = (...places: string[]): string[] =>
    places.map((name) => `--testPathIgnorePatterns=<rootDir>/test/${name}[/.]`);

  it.each([
    [[], without('long')],
    [
      ['--quick', '-t', 'x'],
      [
        '-t',
        'x',
        ...without('scenarios', 'browser', 'labs', 'lab/directory', 'controllers', 'hostile', 'long'),
        ...without('contract/directory', 'contract/queue', 'jobs/queue/bullmq-queue', 'lab/hyperv/tickets'),
        ...without('jobs/hyperv/hostile', 'contract/hyperv'),
        ...without('jobs/audit/tampering', 'jobs/roles/another-administrator'),
        ...without('jobs/roles/attacks/temporary'),
        ...without('bot/cards/slack-takes', 'bot/cards/changes/large-plans', 'bot/cards/changes/product'),
        ...without(
          'bot/plan-pages/file',
          'bot/plan-pages/posting',
          'bot/webhook/webhook',
          'bot/users-and-events',
        ),
        ...without(
          'bot/reports/paced-delivery',
          'bot/reports/deliver',
          'bot/reports/elsewhere',
          'bot/home/home',
        ),
        ...without(
          'bot/forms/delegation-form',
          'jobs/hyperv/pool',
          'jobs/directory/deadline',
          'lab/slack/fault',
        ),
        ...without(
          'bot/lint/random-messages',
          'bot/commands/commands',
          'jobs/hyperv/shell',
          'contract/ledger',
        ),
        ...without('jobs/roles/hyperv/moves/faults', 'jobs/roles/hyperv/moves/notice'),
        ...without('jobs/roles/hyperv/moves/waived', 'bench/drain', 'jobs/roles/hyperv/moves/crossing'),
        ...without(
          'jobs/roles/hyperv/moves/rebalance',
          'jobs/roles/hyperv/moves/scheduled',
          'jobs/roles/hyperv/moves/rolling',
          'jobs/roles/hyperv/moves/rolling-attacks',
          'jobs/roles/hyperv/moves/choices',
          'core/fabric/plan-properties',
        ),
        ...without('core/delegation/again', 'core/delegation/undo-properties'),
        ...without('core/request/advance-properties'),
      ],
    ],
    [['test/a.test.ts', '--long'], ['test/a.test.ts']],
    [['test/a.test.ts'], ['test/a.test.ts', ...without('long')]],
  ])('make of %j jest arguments', (typed, expected) => {
    expect(jestArguments(typed)).toEqual(expected);
  });
});

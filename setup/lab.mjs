import { runInForeground } from './steps/foreground.mjs';
import { prepare, ROOT } from './steps/prepare.mjs';
import { enter, SetupProblem } from './steps/problem.mjs';

await enter(async () => {
  const typed = process.argv.slice(2);
  /** @type {import('./steps/platform.mjs').Part[]} */
  const unasked = [];
  if (typed.includes('--simulated-directory')) unasked.push('domain');
  // Somebody's own Redis is used instead.
  if (process.env['REDIS_URL']) unasked.push('redis');
  // Without Samba the lab goes on with a simulated directory, and says so.
  const missing = await prepare({ unasked, canDoWithout: ['domain', 'redis'] });
  if (missing.includes('redis')) {
    const other = 'or give the address of one that runs: REDIS_URL=redis://127.0.0.1:6379';
    throw new SetupProblem(`the lab cannot do without Redis; see the line above, ${other}`, 2);
  }
  return runInForeground(['dist/lab/main.js', ...typed], { cwd: ROOT });
});

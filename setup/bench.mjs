import { runInForeground } from './steps/foreground.mjs';
import { prepare, ROOT } from './steps/prepare.mjs';
import { enter } from './steps/problem.mjs';

await enter(async () => {
  await prepare();
  return runInForeground(['dist/bench/main.js', ...process.argv.slice(2)], { cwd: ROOT });
});

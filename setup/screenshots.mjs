import { runInForeground } from './steps/foreground.mjs';
import { prepare, ROOT } from './steps/prepare.mjs';
import { enter } from './steps/problem.mjs';

await enter(async () => {
  // All parts: what the pictures show is the real practice domain.
  await prepare({ browser: true });
  return runInForeground(['dist/lab/screenshots/main.js', ...process.argv.slice(2)], { cwd: ROOT });
});

import { runInForeground } from './steps/foreground.mjs';
import { prepare, ROOT } from './steps/prepare.mjs';
import { enter } from './steps/problem.mjs';
import { isWatching, jestArguments } from './steps/tiers.mjs';

await enter(async () => {
  await prepare();
  const typed = process.argv.slice(2);
  const args = ['node_modules/jest/bin/jest.js', ...jestArguments(typed)];
  return runInForeground(args, { cwd: ROOT, ownGroup: !isWatching(typed) });
});

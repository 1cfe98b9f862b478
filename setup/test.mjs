import { runInForeground } from './steps/foreground.mjs';
import { prepare, ROOT } from './steps/prepare.mjs';
import { enter } from './steps/problem.mjs';
import { planTests } from './steps/test-run.mjs';
import { isWatching } from './steps/tiers.mjs';

await enter(async () => {
  const missing = await prepare({ browser: true, canDoWithout: ['domain', 'chromium'] });
  const typed = process.argv.slice(2);
  const { args, parts, lines } = planTests({
    root: ROOT,
    typed,
    missing,
    isCi: Boolean(process.env['CI']),
  });
  if (missing.length > 0) process.env['HANDOVER_TEST_PARTS'] ??= parts;
  const jest = ['node_modules/jest/bin/jest.js', ...args];
  const code = await runInForeground(jest, { cwd: ROOT, ownGroup: !isWatching(typed) });
  for (const line of lines) console.log(line);
  return code;
});

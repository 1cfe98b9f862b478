import { requireNode } from './steps/node-version.mjs';
import { ensureNpmPackages } from './steps/npm-packages.mjs';
import { ROOT } from './steps/prepare.mjs';
import { enter } from './steps/problem.mjs';

await enter(async () => {
  requireNode();
  await ensureNpmPackages(ROOT);
  return 0;
});

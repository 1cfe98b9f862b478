import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { requireNode } from './node-version.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/** The repository that this file belongs to, wherever the command was given. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that must be there before the lab or the tests run. Nothing to do costs about a tenth of a second. */
export async function prepare() {
  requireNode();
  await ensureNpmPackages(ROOT);
  await ensureSystemPackages();
  await compile(ROOT);
}

import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { requireNode } from './node-version.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { PARTS } from './platform.mjs';
import { ensurePowerShell } from './powershell.mjs';
import { SetupProblem } from './problem.mjs';
import { ensureParts } from './system-packages.mjs';

/** @typedef {import('./platform.mjs').Part} Part */

/** The repository that this file belongs to, wherever the command was given. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Everything that must be there before the lab, the tests or whatever else runs. Nothing to do costs about a tenth of a second.
 * Throws SetupProblem (exit 2) for a part that is missing, cannot be installed and cannot be done without.
 * @param {object} [wishes]
 * @param {boolean} [wishes.browser] whether Chromium is wanted, too
 * @param {readonly Part[]} [wishes.unasked] parts that are not wanted at all
 * @param {readonly Part[]} [wishes.canDoWithout]
 * @returns {Promise<Part[]>} the parts that are missing; PowerShell can always be done without
 */
export async function prepare({ browser = false, unasked = [], canDoWithout = [] } = {}) {
  requireNode();
  await ensureNpmPackages(ROOT);
  /** @type {Part[]} */
  const usual = ['redis', 'domain'];
  const wanted = usual.filter((part) => !unasked.includes(part));
  const missing = await ensureParts(browser ? [...wanted, 'chromium'] : wanted);
  refuseWithout(missing.filter((part) => !canDoWithout.includes(part)));
  await compile(ROOT);
  const hasPowerShell = await ensurePowerShell(ROOT, { isCi: Boolean(process.env['CI']) });
  return hasPowerShell ? missing : [...missing, 'powershell'];
}

/** @param {readonly Part[]} parts */
export function refuseWithout(parts) {
  if (parts.length === 0) return;
  const names = parts.map((part) => PARTS[part].says).join(', ');
  throw new SetupProblem(`this machine lacks what cannot be done without: ${names}; see the line above.`, 2);
}

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SetupProblem } from './problem.mjs';
import { runQuietly } from './programs.mjs';

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean }> }} LockFile */

/**
 * Installs the npm packages of the lock file unless they are there. The hash of the lock file is kept in node_modules,
 * so that the next call only reads two files.
 * @param {string} root
 */
export async function ensureNpmPackages(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const mark = join(root, 'node_modules', '.handover-lock');
  if (readIfThere(mark) === hash) return;

  const installed = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null || !isInstalledAsLocked(JSON.parse(lockText), JSON.parse(installed))) {
    console.log('Installing npm packages …');
    await npmCi(root);
  }
  writeFileSync(mark, hash);
}

/**
 * Whether npm's own record of node_modules has every package of the lock file in that version. Optional ones may be
 * missing: they belong to other platforms.
 * @param {LockFile} lock
 * @param {LockFile} installed
 */
export function isInstalledAsLocked(lock, installed) {
  return Object.entries(lock.packages ?? {}).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = installed.packages?.[path];
    return there === undefined ? optional === true : there.version === version;
  });
}

/** @param {string} root */
async function npmCi(root) {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'];
  // The npm that runs us, if one does: another on PATH may be of another age.
  const npm = process.env['npm_execpath'] ?? '';
  const { code, output } =
    basename(npm) === 'npm-cli.js'
      ? await runQuietly(process.execPath, [npm, ...args], { cwd: root })
      : await runQuietly('npm', args, { cwd: root, shell: process.platform === 'win32' });
  // npm says what is wrong first and its whole usage after it.
  const head = output.trim().split('\n').slice(0, 15).join('\n');
  if (code !== 0) throw new SetupProblem(`npm ci failed (exit ${code}):\n${head}`);
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { constants as os } from 'node:os';
import { delimiter, join } from 'node:path';

/** @typedef {{ code: number, output: string }} Result `code` is 128 + number after a signal, 127 if it could not start */

/**
 * The exit code that a shell would show for how a process ended.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (signal === null ? 0 : os.signals[signal]);
}

/**
 * Runs a program to its end without input and keeps what it says, for people to see only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<Result>}
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code, signal) =>
      resolve({ code: exitCodeOf(code, signal), output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}

/** Servers live there, and it is not on everybody's path; the lab looks there as well (`lab/processes.ts`). */
const SBIN = ['/usr/sbin', '/sbin'];

/**
 * Which of these programs cannot be started, from PATH or from sbin.
 * @param {readonly string[]} names
 * @param {string} [path]
 */
export function missingPrograms(names, path = [process.env['PATH'] ?? '', ...SBIN].join(delimiter)) {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return names.filter((name) => !folders.some((folder) => isProgram(join(folder, name))));
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

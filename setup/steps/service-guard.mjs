import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MARK = '# Put here by the set-up of Handover while it installs packages; process';

/**
 * Runs `work` while packages cannot start their services: invoke-rc.d and deb-systemd-invoke ask policy-rc.d first, and
 * 101 means "forbidden by policy". A policy that was there is set aside and put back, also when `work` fails.
 * @template T
 * @param {string} root `/`, or a folder that stands for it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withoutStartingServices(root, work) {
  raise(root);
  try {
    return await work();
  } finally {
    lower(root);
  }
}

/**
 * Takes away a guard whose process was killed before it could do so. Cheap, and a guard of a living process stays.
 * @param {string} root
 */
export function liftStaleGuard(root) {
  const owner = ownerOf(guardFile(root));
  if (owner !== null && !isAlive(owner)) lower(root);
}

/** @param {string} root */
function raise(root) {
  const file = guardFile(root);
  liftStaleGuard(root);
  mkdirSync(dirname(file), { recursive: true });
  if (isThere(file) && ownerOf(file) === null) renameSync(file, keptFile(root));
  const draft = `${file}.handover-new`;
  writeFileSync(draft, `#!/bin/sh\n${MARK} ${process.pid}.\nexit 101\n`);
  chmodSync(draft, 0o755);
  renameSync(draft, file);
}

/** @param {string} root */
function lower(root) {
  if (isThere(keptFile(root))) renameSync(keptFile(root), guardFile(root));
  else if (ownerOf(guardFile(root)) !== null) rmSync(guardFile(root));
}

/** @param {string} root */
function guardFile(root) {
  return join(root, 'usr/sbin/policy-rc.d');
}

/** @param {string} root */
function keptFile(root) {
  return `${guardFile(root)}.handover-kept`;
}

/**
 * The process that put this guard here; null for a policy of somebody else and for none.
 * @param {string} file
 */
function ownerOf(file) {
  if (!isThere(file) || lstatSync(file).isSymbolicLink()) return null;
  const match = new RegExp(`^${MARK} (\\d+)`, 'm').exec(readFileSync(file, 'utf8'));
  return match === null ? null : Number(match[1]);
}

/** @param {string} file a dangling link counts as there */
function isThere(file) {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

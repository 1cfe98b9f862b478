import { spawn } from 'node:child_process';
import { exitCodeOf } from './programs.mjs';

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** One Ctrl-C reaches us twice when npm passes on what the terminal sent already: the second is the same key press. */
const ECHO_MS = 500;
const GRACE_MS = 5_000;

/**
 * Runs a Node script as what this process is about: same input and output, signals passed on, its exit code returned.
 * It gets a process group of its own, so that a Ctrl-C reaches it once and what it leaves behind can be ended.
 * @param {string[]} args script and its arguments
 * @param {{ cwd: string, ownGroup?: boolean }} options `ownGroup` false keeps the keyboard (jest --watch)
 * @returns {Promise<number>}
 */
export async function runInForeground(args, { cwd, ownGroup = true }) {
  const detached = ownGroup && process.platform !== 'win32';
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd,
    stdio: 'inherit',
    detached,
  });
  const stopForwarding = forwardSignals(child, { terminalReachesIt: !detached });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(exitCodeOf(code, signal)));
    });
  } finally {
    if (detached && child.pid !== undefined) await endGroup(child.pid);
    stopForwarding();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ terminalReachesIt: boolean }} options
 */
function forwardSignals(child, { terminalReachesIt }) {
  /** @type {Map<NodeJS.Signals, number>} */
  const seen = new Map();
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const now = performance.now();
    const isEcho = now - (seen.get(signal) ?? -ECHO_MS) < ECHO_MS;
    seen.set(signal, now);
    if (isEcho || (terminalReachesIt && signal === 'SIGINT' && process.stdin.isTTY)) return;
    // A closed terminal asks for the same orderly end, for which scripts wait under this name.
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  return () => {
    for (const signal of FORWARDED) process.off(signal, forward);
  };
}

/**
 * Ends what is left of a process group: asks, then insists.
 * @param {number} leader
 */
async function endGroup(leader) {
  if (!signalGroup(leader, 'SIGTERM')) return;
  const deadline = performance.now() + GRACE_MS;
  while (performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (!signalGroup(leader, 0)) return;
  }
  signalGroup(leader, 'SIGKILL');
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether anybody was there
 */
function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}

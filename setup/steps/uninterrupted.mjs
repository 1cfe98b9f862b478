import { constants as os } from 'node:os';

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs `work` to its end even if this process is asked to stop meanwhile, and obeys afterwards: a half-done package
 * installation, or a guard left in place, would be worse than a late exit.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function untilInterruptible(work) {
  /** @type {NodeJS.Signals | undefined} */
  let asked;
  /** @param {NodeJS.Signals} signal */
  const remember = (signal) => {
    asked = signal;
  };
  for (const signal of SIGNALS) process.on(signal, remember);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, remember);
    if (asked !== undefined) process.exit(128 + os.signals[asked]);
  }
}

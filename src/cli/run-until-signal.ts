import type { Logger } from 'pino';
import { SettingsError } from './settings-file';
import { ModeLockError } from '../core/mode-lock';

/**
 * Opens a program, tells its parent ("ready", if there is one that listens), and stops it in order on SIGTERM or SIGINT.
 * Settings that cannot be used end the process with code 2 and one plain sentence.
 */
export async function runUntilSignal(
  log: Logger,
  open: () => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  let running: { stop(): Promise<void> };
  try {
    running = await open();
  } catch (error) {
    const isUsage = error instanceof SettingsError || error instanceof ModeLockError;
    if (isUsage) process.stderr.write(`${error.message}\n`);
    else log.error({ err: error }, 'could not start');
    process.exit(isUsage ? 2 : 1);
  }
  process.send?.('ready');
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  // A program that was forked by the lab goes with it.
  process.once('disconnect', () => stop('disconnect'));
}

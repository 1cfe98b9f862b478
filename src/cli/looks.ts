import { Option, type Command } from 'commander';
import type { Mode } from '../core/mode-lock';
import type { Ledger } from '../core/ports';
import type { Settings } from '../core/settings';
import { shellIdentity } from '../jobs/freeze';
import { whoOf } from '../jobs/statements';
import { systemClock } from '../jobs/ports/system-clock';
import { openLedger } from './open-ledger';
import { loadSettings } from './settings-file';

/** What every command that looks is told. */
export interface LookOptions {
  readonly config: string;
  readonly lab?: true;
}

/** A command with the options of all of them. */
export function looking(command: Command, description: string): Command {
  return command
    .description(description)
    .option('--config <file>', 'the settings', 'handover.yaml')
    .addOption(new Option('--lab', 'lab mode: refuses every address outside loopback'));
}

/** The mode of the options. */
export function modeOf({ lab }: LookOptions): Mode {
  return lab ? 'lab' : 'normal';
}

/** Opens the ledger for one look, and closes it. */
export async function withLedger<T>(
  options: LookOptions,
  look: (ledger: Ledger, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = loadSettings(options.config);
  const ledger = await openLedger(settings, modeOf(options));
  try {
    return await look(ledger, settings);
  } finally {
    await ledger.close();
  }
}

/**
 * That somebody looked, under the operating system's identity: in the chain of the request that was looked at, or in the system's. What is
 * asked for again and again is told once an hour.
 */
export async function noteLook(
  ledger: Ledger,
  what: string,
  {
    id = '',
    detail = {},
    isFrequent = false,
  }: { id?: string; detail?: Record<string, string>; isFrequent?: boolean } = {},
): Promise<void> {
  const who = whoOf(shellIdentity());
  const at = systemClock.now();
  const hour = Math.floor(at / 3_600_000);
  if (isFrequent && !(await ledger.claimOnce(`look-${what}-${who}-${hour}`))) return;
  await ledger.note(id, { what: `shell.${what}`, who, at, detail });
}

import type { Command } from 'commander';
import { complaintsOf, statusLines } from '../jobs/audit/status-lines';
import { readStatus } from '../jobs/audit/status';
import { lastPosition } from '../jobs/mirror/read-mirror';
import { mirrorHere } from './audit/mirror-here';
import { show } from './audit/show';
import { openLog } from './log';
import { looking, modeOf, noteLook, withLedger, type LookOptions } from './looks';
import { openStores } from './open-stores';
import { runOnce, say } from './run-once';
import { loadSettings } from './settings-file';

/** Adds `handover status` and `handover show`: what can be seen with Slack down, on a host that reaches the ledger. */
export function addStatus(program: Command): void {
  looking(
    program.command('status'),
    'what is open, who lives, what waits; ends with 0 if all is well, else with 1',
  ).action((options: LookOptions) => runOnce(() => status(options)));
  looking(program.command('show <request>'), 'one request as it stands, such as R-1042').action(
    (label: string, options: LookOptions) =>
      runOnce(() => withLedger(options, (ledger) => show(ledger, label))),
  );
}

async function status(options: LookOptions): Promise<number> {
  const settings = loadSettings(options.config);
  const stores = await openStores({ settings, mode: modeOf(options), log: openLog() });
  try {
    const directory = mirrorHere(settings);
    const mirrored = directory === null ? undefined : await lastPosition(directory);
    const seen = await readStatus(stores, mirrored);
    await noteLook(stores.ledger, 'status', { isFrequent: true });
    const complaints = complaintsOf(seen, settings.audit);
    say(statusLines(seen, complaints));
    return complaints.length === 0 ? 0 : 1;
  } finally {
    await stores.close();
  }
}

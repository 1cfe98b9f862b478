import { Option, type Command } from 'commander';
import { looking, modeOf, withLedger, type LookOptions } from '../looks';
import { runOnce } from '../run-once';
import { loadSettings } from '../settings-file';
import { exportAudit, type ExportOptions } from './export';
import { story } from './show';
import { verify, type VerifyOptions } from './verify';

/** Adds `handover audit …` to the program. */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('look into what was recorded, and verify it');

  looking(
    audit.command('verify'),
    'chains, seals, signatures and gaps; ends with 0 if all of it is sound, else with 1',
  )
    .option('--mirror <folder>', 'a mirror, instead of the one of the settings')
    .option('--offline', 'only the mirror, without Redis')
    .option('--anchors <file>', 'a text with the seals that were posted')
    .action((options: LookOptions & VerifyOptions) =>
      runOnce(() => verify(loadSettings(options.config), modeOf(options), options)),
    );

  looking(audit.command('show <request>'), 'the whole story of one request, or of the system').action(
    (label: string, options: LookOptions) =>
      runOnce(() => withLedger(options, (ledger, settings) => story(ledger, settings, label))),
  );

  looking(audit.command('export'), 'records as lines of JSON or as a table')
    .option('--since <date>', 'from then on, such as 2026-11-28, in UTC')
    .option('--ticket <ticket>', 'only of requests with this ticket')
    .addOption(new Option('--format <format>', 'the form').choices(['jsonl', 'csv']).default('jsonl'))
    .action((options: LookOptions & ExportOptions) =>
      runOnce(() => withLedger(options, (ledger, settings) => exportAudit(ledger, settings, options))),
    );
}

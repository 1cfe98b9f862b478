import { Option, type Command } from 'commander';
import { runOnce } from '../run-once';
import { loadSettings } from '../settings-file';
import { verify, type VerifyOptions } from './verify';

interface Common {
  readonly config: string;
  readonly lab?: true;
}

/** Adds `handover audit …` to the program. */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('look into what was recorded, and verify it');
  const command = (name: string, description: string): Command =>
    audit
      .command(name)
      .description(description)
      .option('--config <file>', 'the settings', 'handover.yaml')
      .addOption(new Option('--lab', 'lab mode: refuses every address outside loopback'));

  command('verify', 'chains, seals, signatures and gaps; ends with 0 if all of it is sound, else with 1')
    .option('--mirror <folder>', 'a mirror, instead of the one of the settings')
    .option('--offline', 'only the mirror, without Redis')
    .option('--anchors <file>', 'a text with the seals that were posted')
    .action((options: Common & VerifyOptions) =>
      runOnce(() => verify(loadSettings(options.config), modeOf(options), options)),
    );
}

function modeOf({ lab }: Common): 'lab' | 'normal' {
  return lab ? 'lab' : 'normal';
}

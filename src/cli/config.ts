import type { Command } from 'commander';
import { settingsJsonSchema } from '../core/settings-schema';
import { checkSettings } from './settings-file';

/** Adds `handover config check` and `handover config schema`. */
export function addConfig(program: Command): void {
  const config = program.command('config').description('look at the settings without starting anything');
  config
    .command('check')
    .description(
      'say every error and warning with its place and what to do; ends with 1 when there is an error',
    )
    .option('--config <file>', 'the settings', 'handover.yaml')
    .action((options: { config: string }) => {
      const { isUsable, lines } = checkSettings(options.config);
      process.stdout.write(`${lines.join('\n')}\n`);
      process.exitCode = isUsable ? 0 : 1;
    });
  config
    .command('schema')
    .description('print the JSON Schema of the settings, for editors')
    .action(() => {
      process.stdout.write(schemaText());
    });
}

/** The JSON Schema as `docs/handover.schema.json` holds it. */
export function schemaText(): string {
  return `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`;
}

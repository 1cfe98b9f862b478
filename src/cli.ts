#!/usr/bin/env node
import { Command, Option } from 'commander';
import { addAuditCommands } from './cli/audit/commands';
import { openLog } from './cli/log';
import { addConfig } from './cli/config';
import { addShell } from './cli/shell';
import { addStatus } from './cli/status';
import { addManifest } from './cli/manifest';
import type { Mode } from './core/mode-lock';
import type { Settings } from './core/settings';
import type { WorkerRole } from './cli/open-worker';
import { runUntilSignal } from './cli/run-until-signal';
import { loadSettings } from './cli/settings-file';

/** The role hyperv is for Windows alone, so it is served only where it is asked for. */
const ROLES: readonly WorkerRole[] = ['conduct', 'directory'];

interface Options {
  readonly config: string;
  readonly lab?: true;
  readonly role?: readonly WorkerRole[];
}

const program = new Command('handover')
  .description('Slack bot for teams that run Hyper-V: asks, approvals, delegation, live migration.')
  .showHelpAfterError();

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--config <file>', 'the settings', 'handover.yaml')
    .addOption(new Option('--lab', 'lab mode: refuses every address outside loopback'));
}

command('bot', 'serve Slack: takes requests, shows cards, signs decisions').action(
  async (options: Options) => {
    // Each program loads its own libraries alone: a worker has no use for Slack's.
    const { openBot } = await import('./cli/open-bot.js');
    await serve(async ({ mode, log }) => {
      const bot = await openBot({ settings: settingsFor(options, log), mode, log });
      await bot.start();
      return bot;
    }, options);
  },
);

command('worker', 'carry requests out in one or more roles')
  .addOption(new Option('--role <roles...>', 'what to serve').choices([...ROLES, 'hyperv']).default(ROLES))
  .action(async (options: Options) => {
    const { openWorker } = await import('./cli/open-worker.js');
    await serve(
      ({ mode, log }) =>
        openWorker({ settings: settingsFor(options, log), roles: options.role ?? ROLES, mode, log }),
      options,
    );
  });

addManifest(program);
addConfig(program);
addShell(program);

/** The settings; what is strange about them is said at every start. */
function settingsFor(options: Options, log: ReturnType<typeof openLog>): Settings {
  return loadSettings(options.config, (line) =>
    log.warn({ file: options.config, line }, 'settings to look at'),
  );
}

async function serve(
  open: (parts: { mode: Mode; log: ReturnType<typeof openLog> }) => Promise<{ stop(): Promise<void> }>,
  options: Options,
): Promise<void> {
  const log = openLog();
  await runUntilSignal(log, () => open({ mode: options.lab ? 'lab' : 'normal', log }));
}

addAuditCommands(program);
addStatus(program);

void program.parseAsync();

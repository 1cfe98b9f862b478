import { join } from 'node:path';
import { runCommand, type CommandResult } from '../../lab/processes';
import { repositoryRoot } from '../../lab/repository';

/** Runs the built `handover` in lab mode. */
export function handover(config: string, ...words: readonly string[]): Promise<CommandResult> {
  const program = join(repositoryRoot, 'dist', 'src', 'cli.js');
  return runCommand(process.execPath, [program, ...words, '--config', config, '--lab']);
}

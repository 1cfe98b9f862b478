import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures';

/** Where the figures were taken. */
export interface Machine {
  readonly cpus: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
}

/** What a bench leaves in `bench/results/NAME.json`. */
export interface Result {
  readonly bench: string;
  /** Of the checkout; with `+changes` when its files are not those of the commit, `unknown` outside of git. */
  readonly commit: string;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
}

/** This machine. */
export function thisMachine(): Machine {
  const processors = cpus();
  return {
    cpus: processors.length,
    model: processors[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
  };
}

/** The commit that is checked out in this folder. */
export function commitOf(root: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changes = git('status', '--porcelain');
    return `${git('rev-parse', 'HEAD')}${changes === '' ? '' : '+changes'}`;
  } catch {
    return 'unknown';
  }
}

/** Writes the result below `directory`, in place of an earlier one of the same bench. Gives the file. */
export function writeResult(directory: string, result: Result): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${result.bench}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { openShell } from '../../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../../src/jobs/ports/system-random';
import { scratchDirectory } from '../../../support/scratch';
import { hostileTexts } from './texts';

/** What came of a campaign: texts that came back as others, and whether anything of them was run. */
export interface Findings {
  readonly changed: readonly string[];
  readonly wasRun: boolean;
  readonly isAlive: boolean;
}

interface Campaign {
  readonly executable: string;
  readonly module: string;
  readonly count: number;
  readonly seed: number;
  /** Texts of one call. */
  readonly batch: number;
}

const CALL_MS = 60_000;

/**
 * Sends texts through one shell and looks whether each comes back as it was. What they try to run writes a file: not every harm ends a
 * shell, and that one is seen.
 */
export async function sendThrough({ executable, module, count, seed, batch }: Campaign): Promise<Findings> {
  const home = await scratchDirectory();
  const canary = join(home, 'canary');
  const texts = fc.sample(hostileTexts(codeThatWrites(canary)), { numRuns: count, seed });
  const shell = await openShell({ executable, module, clock: systemClock, random: systemRandom });
  const changed: string[] = [];
  for (let at = 0; at < texts.length && shell?.isAlive(); at += batch) {
    const sent = texts.slice(at, at + batch);
    const answer = await shell.call({ call: 'Echo', arguments: { Text: sent } }, CALL_MS);
    const back: unknown = answer.kind === 'data' ? answer.data : [];
    changed.push(...sent.filter((text, index) => !Array.isArray(back) || back[index] !== text));
  }
  const findings = { changed, wasRun: existsSync(canary), isAlive: shell?.isAlive() ?? false };
  shell?.kill();
  await rm(home, { recursive: true });
  return findings;
}

/** A line of PowerShell without any quote or space, so that it fits in where those would break it. */
export function codeThatWrites(path: string): string {
  const characters = Array.from(path, (character) => `[char]${character.codePointAt(0)}`);
  return `[IO.File]::WriteAllText(-join(${characters.join(',')}),1)`;
}

import { readFileSync } from 'node:fs';
import type { Program } from '../../lab/programs';
import { waitFor } from '../../lab/wait-for';

/** What lets a program stop just before each modify that it sends (see lab/crash-point.ts). */
export const PAUSED_BEFORE_WRITE = { HANDOVER_LAB_CRASH: 'pause directory.modify' };

/** Waits until the program has stopped itself. */
export async function untilPaused({ name, child }: Program): Promise<void> {
  await waitFor(`${name} to be paused`, () => Promise.resolve(isStopped(child.pid) || undefined));
}

/** Lets it go on with the very call that it stopped at. */
export function goOn({ child }: Program): void {
  child.kill('SIGCONT');
}

/** The kernel's word on a process: `T` is stopped by a signal (proc(5)). */
function isStopped(pid: number | undefined): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
}

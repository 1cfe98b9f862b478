import { readFile } from 'node:fs/promises';

/** The most memory that a process has held so far, in MB of a million bytes: `VmHWM` of proc(5), the peak of its resident set. */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kB = /^VmHWM:\s+(?<kB>\d+) kB$/mu.exec(status)?.groups?.['kB'];
  if (kB === undefined) throw new Error(`/proc/${pid}/status shows no VmHWM`);
  return (Number(kB) * 1024) / 1_000_000;
}

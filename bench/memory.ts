import { readFile } from 'node:fs/promises';

/** What a process holds right now, in MB of a million bytes: `VmRSS` of proc(5). */
export function residentMemory(pid: number): Promise<number> {
  return read(pid, 'VmRSS');
}

/** The most memory that a process has held so far, in MB of a million bytes: `VmHWM` of proc(5), the peak of its resident set. */
export function peakMemory(pid: number): Promise<number> {
  return read(pid, 'VmHWM');
}

async function read(pid: number, name: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kB = new RegExp(`^${name}:\\s+(?<kB>\\d+) kB$`, 'mu').exec(status)?.groups?.['kB'];
  if (kB === undefined) throw new Error(`/proc/${pid}/status shows no ${name}`);
  return (Number(kB) * 1024) / 1_000_000;
}

import { readFile } from 'node:fs/promises';
import type { Practice } from '../../lab/practice';

/** What the programs of an instance hold right now, in MB of a million bytes: `VmRSS` of proc(5). */
export async function memoryOf({ programs }: Practice): Promise<number> {
  const held = await Promise.all(programs.map(({ child }) => residentOf(child.pid ?? 0)));
  return held.reduce((sum, each) => sum + each, 0);
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kB = /^VmRSS:\s+(?<kB>\d+) kB$/mu.exec(status)?.groups?.['kB'];
  if (kB === undefined) throw new Error(`/proc/${pid}/status shows no VmRSS`);
  return (Number(kB) * 1024) / 1_000_000;
}

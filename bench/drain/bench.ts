import { figure, type Figure } from '../figures';
import type { BenchOrder } from '../order';
import { drainOnce, type Drain } from './course';

/** Of the time that the bytes take at least. */
export const GOAL = 1.05;
const DRAINS: readonly Drain[] = [
  { machines: 12, withDisks: false },
  { machines: 24, withDisks: false },
  { machines: 60, withDisks: false },
  { machines: 12, withDisks: true },
  { machines: 24, withDisks: true },
  { machines: 60, withDisks: true },
];

/** Whole drains of the practice fabric by its own clock, so that a run tells the same on every machine, against the time that their bytes take. */
export async function benchDrain({ say }: BenchOrder): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const drain of DRAINS) {
    const { machines, withDisks } = drain;
    const { tookMs, boundMs } = await drainOnce(drain);
    const name = `${machines} machines, ${withDisks ? 'a third of them with their disks' : 'disks on a share'}`;
    say(`${name}: ${(tookMs / boundMs).toFixed(3)} of the bound`);
    figures.push(
      figure({ name, unit: 's', runs: [tookMs / 1_000], reference: [boundMs / 1_000], goal: GOAL }),
    );
  }
  return figures;
}

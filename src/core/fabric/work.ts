import type { Fleet, PlanHost, PlanMachine } from './fleet';
import type { PlanInput } from './plan-input';
import type { Step } from './sequence';

/** A step with what it sends over the links. Bytes and milliseconds. */
export interface Work {
  readonly step: Step;
  /** Its place in the sequence. */
  readonly at: number;
  readonly bytes: number;
  readonly storage: boolean;
  /** How long it takes when nothing shares its links. */
  readonly aloneMs: number;
}

/** Registering a machine at the other host takes a moment though nothing of it is copied. */
const LEAST_BYTES = 1;

/** Bytes that a move sends: memory of a running machine and what changes of it meanwhile, and disks of its host. */
function bytesOf({ how, reading, choice, diskBytes }: PlanMachine, dirtyFactor: number): number {
  const memory = how === 'live' ? reading.memory.assigned * (1 + dirtyFactor) : 0;
  // A saved machine is copied with what it has saved, where its files are on its host.
  const saved = choice === 'save' && diskBytes > 0 ? reading.memory.assigned : 0;
  return Math.max(LEAST_BYTES, Math.round(memory + saved + diskBytes));
}

/** Steps with what they come to. */
export function workOf(steps: readonly Step[], input: PlanInput): readonly Work[] {
  return steps.map((step, at) => {
    const bytes = bytesOf(step.machine, input.settings.dirtyFactor);
    const aloneMs = bytes / Math.min(step.from.speed, step.to.speed);
    return { step, at, bytes, storage: step.machine.diskBytes > 0, aloneMs };
  });
}

/** How long a move keeps a host busy when all of its slots, or all of its link, are in use. */
export function busyMs(
  { bytes, aloneMs }: Pick<Work, 'bytes' | 'aloneMs'>,
  host: PlanHost,
  { links }: PlanInput,
): number {
  return links === 'shared' ? bytes / host.speed : aloneMs / host.facts.migration.most;
}

/** The same of a machine that would go from where it was found to a host. */
export function busyMsIn({ input }: Fleet): (machine: PlanMachine, host: PlanHost) => number {
  return (machine, host) => {
    const bytes = bytesOf(machine, input.settings.dirtyFactor);
    return busyMs({ bytes, aloneMs: bytes / Math.min(machine.from.speed, host.speed) }, host, input);
  };
}

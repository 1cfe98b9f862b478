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

const MEGABIT_PER_SECOND = 125;

/**
 * What a host's link takes, in bytes per millisecond: as measured, else what the adapter of the migration network that it prefers says of
 * itself (the slowest one where any network is used), else by the settings.
 */
export function speedOf({ name, facts }: PlanHost, { speeds, settings }: PlanInput): number {
  const { anyNetwork, networks } = facts.migration;
  const said = facts.links.flatMap(({ subnet, bitsPerSecond }) =>
    bitsPerSecond === null || bitsPerSecond <= 0 ? [] : [{ subnet, bytesPerMs: bitsPerSecond / 8_000 }],
  );
  const link = anyNetwork
    ? said.toSorted((a, b) => a.bytesPerMs - b.bytesPerMs)[0]
    : said.find(({ subnet }) => subnet === networks.find((each) => said.some((own) => own.subnet === each)));
  return speeds[name] ?? link?.bytesPerMs ?? settings.megabitsPerSecond * MEGABIT_PER_SECOND;
}

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
    const speed = Math.min(speedOf(step.from, input), speedOf(step.to, input));
    return { step, at, bytes, storage: step.machine.diskBytes > 0, aloneMs: bytes / speed };
  });
}

/** How long a machine's move keeps a host busy when all of its slots, or all of its link, are in use. */
export function busyMsIn({ input }: Fleet): (machine: PlanMachine, host: PlanHost) => number {
  return (machine, host) => {
    const bytes = bytesOf(machine, input.settings.dirtyFactor);
    if (input.links === 'shared') return bytes / speedOf(host, input);
    const speed = Math.min(speedOf(machine.from, input), speedOf(host, input));
    return bytes / speed / host.facts.migration.most;
  };
}

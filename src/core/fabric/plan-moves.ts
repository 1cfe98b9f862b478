import { bestSchedule, makespanOf } from './best-schedule';
import { lowerBound } from './bounds';
import { drain } from './drain';
import { evenOut } from './even-out';
import { storageFolder } from '../moves/storage-folder';
import { fleetOf, type Fleet, type Volume } from './fleet';
import type { Found } from './found';
import { needsOf } from './needs';
import { sharesOf } from './occupancy';
import type { HostForecast, MovePlan, PlannedMove } from './plan';
import type { PlanInput, Task } from './plan-input';
import { placeWishes } from './place-wishes';
import type { Timed } from './schedule';
import type { Step } from './sequence';
import { stuckOf } from './stuck';
import { warningsOf } from './warnings';
import { workOf } from './work';

/**
 * Plans moves. The same input gives the same plan, in whatever order hosts and machines are in it; nothing outside the hosts and
 * machines of the input is ever in it.
 */
export function planMoves(input: PlanInput, task: Task): MovePlan {
  const fleet = fleetOf(input);
  const before = new Map(fleet.hosts.map((host) => [host.name, percentOf(sharesOf(host))]));
  const found = findFor(fleet, task);
  const works = workOf(found.steps, input);
  const timed = bestSchedule(works, fleet);
  const asked = new Set(found.asked.map(({ id }) => id));
  const moves = timed.map((each) => moveOf(each, asked));
  return {
    asked: asked.size,
    moves,
    stuck: stuckAmong(found, fleet),
    needs: needsOf(moves, fleet),
    forecast: fleet.hosts.map((host): HostForecast => {
      const after = percentOf(sharesOf(host));
      return { host: host.name, before: before.get(host.name) ?? after, after };
    }),
    makespanMs: makespanOf(timed),
    boundMs: lowerBound(works, input),
    silent: fleet.silent,
    missing: found.missing,
    warnings: warningsOf(found.steps),
  };
}

function findFor(fleet: Fleet, task: Task): Found {
  switch (task.kind) {
    case 'drain':
      return drain(fleet, task);
    case 'place':
      return placeWishes(fleet, task);
    case 'even-out':
      return evenOut(fleet, task);
  }
}

function stuckAmong(found: Found, fleet: Fleet) {
  const stuck = found.asked.filter(({ at, from }) => at === from);
  return stuck.map((machine) => stuckOf(machine, found, fleet));
}

function moveOf({ work, startMs, endMs }: Timed, asked: ReadonlySet<string>): PlannedMove {
  const { machine, from, to, volume, isParking } = work.step;
  return {
    machine: machine.id,
    name: machine.name,
    from: from.name,
    to: to.name,
    how: machine.how,
    first: machine.choice,
    storage: volume && folderAt(volume, work.step),
    bytes: work.bytes,
    startMs,
    ms: endMs - startMs,
    why: isParking ? 'parking' : asked.has(machine.id) ? 'asked' : 'room',
  };
}

/** The folder on this volume, where the machine's disks have a place: the approved one, where one was. */
function folderAt({ path }: Volume, { machine, to }: Step): string | null {
  const disks = [{ path, total: Infinity, free: Infinity }];
  return machine.folder ?? storageFolder(machine.reading, { disks, paths: to.facts.paths });
}

function percentOf({ memory, cpu }: { memory: number; cpu: number }) {
  const percent = (share: number): number => Math.max(0, Math.round(share * 100));
  return { memory: percent(memory), cpu: percent(cpu) };
}

import { bad, type MoveCheck } from '../hyperv/check';
import {
  checkAnswer,
  checkAuthentication,
  checkEnabled,
  checkNetworks,
  type HeardEnds,
} from '../hyperv/host-checks';
import {
  checkProcessors,
  checkSwitches,
  checkVersion,
  isOtherVendor,
  missingSwitches,
  type MovePair,
} from '../hyperv/machine-checks';
import type { Fleet, PlanHost, PlanMachine } from './fleet';
import { reasonOf, type PairCode, type Reason } from './reasons';

/** A machine and where it would go; `from` is where it is now, or where it is parked. */
interface Course {
  readonly machine: PlanMachine;
  readonly from: PlanHost;
  readonly to: PlanHost;
}

interface Way extends Course {
  readonly fleet: Fleet;
}

interface Obstacle {
  readonly code: PairCode;
  readonly stands: (way: Way) => boolean;
  readonly tell: (way: Way) => MoveCheck;
}

/** Whether nothing but room keeps a machine from a host. */
export function mayGo({ machine, from, to }: Course, fleet: Fleet): boolean {
  const way = { machine, from, to, fleet };
  return !OBSTACLES.some(({ stands }) => stands(way));
}

/** Everything but room that keeps a machine from a host. */
export function pairReasons(machine: PlanMachine, to: PlanHost, fleet: Fleet): readonly Reason[] {
  const way = { machine, from: machine.from, to, fleet };
  return OBSTACLES.filter(({ stands }) => stands(way)).map(({ code, tell }) =>
    reasonOf(code, to.name, tell(way)),
  );
}

/** That a host was asked and did not answer, so that nothing can go there; empty of one that was not asked. */
export function silentReason(name: string, { input }: Fleet): readonly Reason[] {
  const reading = input.hosts.find(({ host }) => host === name);
  return reading ? [reasonOf('silent', name, checkAnswer(reading))] : [];
}

/** Whether a machine belongs to Tier 0: by its rule, by its name, or because it runs on a host of it. */
export function isTier0({ ruling, name, from }: PlanMachine, { tier0 }: Fleet): boolean {
  return ruling.isTier0 || tier0.has(name.toLowerCase()) || tier0.has(from.name);
}

/** Whether a host has to be set up before machines move from it or to it. */
export function needsSetting({ facts }: Pick<PlanHost, 'facts'>): boolean {
  return !facts.migration.enabled || facts.migration.auth !== 'kerberos';
}

/** Whether nobody is to be asked for a delegation: what the directory’s guards never let through is not asked for either. */
function isClosed({ from, to, fleet }: Way): boolean {
  const { approved, input, tier0 } = fleet;
  const isApproved = approved === null || approved.delegations(from.name, to.name);
  return input.noDelegate || !isApproved || tier0.has(to.name) || tier0.has(from.name);
}

function maySet(host: PlanHost, { approved, input }: Fleet): boolean {
  return !input.noDelegate && (approved === null || approved.settings.has(host.name));
}

const OBSTACLES: readonly Obstacle[] = [
  {
    code: 'outside',
    stands: ({ to, fleet: { approved } }) => approved !== null && !approved.destinations.has(to.name),
    tell: ({ to }) => found(`Moves to ${to.name} were not approved.`, 'Ask for them anew.'),
  },
  {
    code: 'cordoned',
    stands: ({ to, fleet }) => fleet.cordoned.has(to.name),
    tell: ({ to }) =>
      found(`${to.name} is cordoned: no machine is moved there.`, `Ask for /hv uncordon ${to.name}.`),
  },
  {
    code: 'tier0',
    stands: ({ machine, to, fleet }) => isTier0(machine, fleet) && !fleet.tier0.has(to.name),
    tell: ({ machine, to }) =>
      found(`${machine.name} belongs to Tier 0, ${to.name} does not.`, 'Choose a host of Tier 0.'),
  },
  {
    code: 'only-hosts',
    stands: ({ machine, to }) => machine.ruling.onlyHosts?.includes(to.name) === false,
    tell: ({ machine }) =>
      found(
        `By its rule ${machine.name} runs on ${machine.ruling.onlyHosts?.join(', ') || 'no host'} only.`,
        'Choose one of these, or change the rule.',
      ),
  },
  {
    code: 'left-over',
    stands: ({ machine, to }) => to.planned.has(machine.id),
    tell: ({ machine, to }) =>
      found(
        `A half-made ${machine.name} is on ${to.name}, left by a move that broke.`,
        `Choose another host, or look at ${to.name} by its id, ${machine.id}, and take it away there.`,
      ),
  },
  {
    code: 'version',
    stands: ({ machine, to }) => !to.facts.versions.includes(machine.reading.version),
    tell: (way) => checkVersion(pairOf(way)),
  },
  {
    code: 'processors',
    stands: ({ machine, from, to }) =>
      machine.choice !== 'shut-down' && isOtherVendor(machine.reading, from.facts, to.facts),
    tell: (way) => checkProcessors(pairOf(way)),
  },
  {
    code: 'switch',
    stands: ({ machine, to }) => missingSwitches(machine.reading, to.facts).length > 0,
    tell: (way) => checkSwitches(pairOf(way)),
  },
  {
    code: 'network',
    stands: (way) => checkNetworks(endsOf(way)).result === 'bad',
    tell: (way) => checkNetworks(endsOf(way)),
  },
  {
    code: 'slots',
    stands: ({ machine, from, to }) => [from, to].some((host) => slotsOf(host, machine.diskBytes > 0) < 1),
    tell: ({ machine, from, to }) => {
      const host = slotsOf(from, machine.diskBytes > 0) < 1 ? from : to;
      const command = `/hv prepare ${host.name} --max 2`;
      return found(`${host.name} lets no machine move.`, `Let it: ${command}.`, command);
    },
  },
  {
    code: 'delegation',
    stands: (way) => !way.fleet.delegated(way.from.name, way.to.name) && isClosed(way),
    tell: ({ from, to, fleet }) => {
      const command = `/delegate ${from.name} -> ${to.name} cifs,migration --protocol any`;
      const isOpen = !fleet.tier0.has(to.name) && !fleet.tier0.has(from.name);
      return found(
        `${from.name} may not delegate to ${to.name}${isOpen ? '' : ', and hosts of Tier 0 are given no delegation'}.`,
        isOpen ? `Ask for it: ${command}.` : 'Choose another host.',
        isOpen ? command : null,
      );
    },
  },
  {
    code: 'setting',
    stands: ({ from, to, fleet }) => [from, to].some((host) => needsSetting(host) && !maySet(host, fleet)),
    tell: (way) => {
      const ends = endsOf(way);
      const enabled = checkEnabled(ends);
      return enabled.result === 'bad' ? enabled : checkAuthentication(ends);
    },
  },
];

/** How many moves a host lets go on at a time, in and out together; copying disks counts against both of its limits. */
export function slotsOf({ facts: { migration } }: PlanHost, isStorage: boolean): number {
  return isStorage ? Math.min(migration.most, migration.mostStorage) : migration.most;
}

function pairOf({ machine, from, to }: Way): MovePair {
  return { machine: machine.reading, from: from.reading, to: to.reading };
}

function endsOf({ from, to }: Way): HeardEnds {
  return { from: from.facts, to: to.facts, names: [from.name, to.name] };
}

function found(evidence: string, fix: string, command: string | null = null): MoveCheck {
  return bad('The destination', evidence, { headline: '', fix, command });
}

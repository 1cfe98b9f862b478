import type { MigrateAsk } from '../commands/ask';
import type { Verdict } from '../delegation/plan';
import type { SettingChange } from '../hyperv/host-settings';
import { hostChecks } from '../hyperv/host-checks';
import { refuse, silentHost, unknownHost } from '../hyperv/host-verdicts';
import { linkBetween } from '../hyperv/link-speed';
import { gigabytes, machineChecks, wantedMemory } from '../hyperv/machine-checks';
import { quoted } from '../hyperv/quoted';
import type { MoveCheck } from '../hyperv/check';
import type { HostReading } from '../hyperv-port';
import type { AllowedMachine, Envelope } from './envelope';
import { findMachines, type FoundMachine } from './find-machines';
import type { Forecast, ForecastMove } from './forecast';
import { localBytes, moveCost } from './move-cost';
import { asSetUp, settingsFirst, tooManySettings } from './settings-first';
import { storageFolder } from './storage-folder';
import { storageOnlyChecks } from './storage-only-checks';
import { waves } from './waves';

/** What an ask to move machines comes to. */
export type PlannedMoves =
  | { readonly kind: 'refused' | 'already-so'; readonly verdicts: readonly Verdict[] }
  /** Nothing moves as it is; somebody may choose for machines that stay, and then there is something to approve. */
  | { readonly kind: 'to-choose'; readonly verdicts: readonly Verdict[]; readonly forecast: Forecast }
  | {
      readonly kind: 'plan';
      readonly verdicts: readonly Verdict[];
      /** What hosts are set to first, sorted by host. */
      readonly settings: readonly SettingChange[];
      readonly envelope: Envelope;
      readonly forecast: Forecast;
    };

/** Finds the machines on the hosts that were read, checks every move, and derives what an approval is to allow. */
export function planMigrate(readings: readonly HostReading[], ask: MigrateAsk): PlannedMoves {
  const { found, verdicts: names } = findMachines(readings, ask.machines);
  const to = readings.find(({ host }) => host === ask.to);
  if (!to?.facts || isRefused(names)) {
    return { kind: 'refused', verdicts: [...names, ...(to?.facts ? [] : [unheard(ask.to, to)])] };
  }
  const isHere = ({ at }: FoundMachine): boolean => at.host === to.host;
  const wanted = ask.storageOnly === null ? found.filter((each) => !isHere(each)) : found;
  const moves = wanted.map((each) => planOne(each, to, ask));
  const settings = settingsFor(wanted, to, ask);
  const verdicts = [
    ...names,
    ...found.filter((each) => !wanted.includes(each)).map(there),
    ...moves.flatMap((each) => each.verdicts),
    ...together(wanted, to),
    ...tooManySettings(settings),
  ];
  if (isRefused(verdicts)) return { kind: 'refused', verdicts };
  if (wanted.length === 0) return { kind: 'already-so', verdicts };
  return {
    kind: 'plan',
    verdicts,
    settings,
    envelope: {
      machines: moves.map(({ allowed }) => allowed).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      destinations: [to.host],
    },
    forecast: forecastOf(
      moves.map(({ move }) => move),
      wanted,
      to,
    ),
  };
}

interface OneMove {
  readonly verdicts: readonly Verdict[];
  readonly allowed: AllowedMachine;
  readonly move: ForecastMove;
}

function planOne(
  { machine, at }: FoundMachine,
  to: HostReading,
  { storageOnly, noDelegate }: MigrateAsk,
): OneMove {
  const isAlone = storageOnly !== null;
  const hasLocal = localBytes(machine) > 0;
  const folder = storageOnly ?? (hasLocal && to.facts ? storageFolder(machine, to.facts) : null);
  const kind = isAlone
    ? 'storage'
    : machine.state === 'running' || machine.state === 'paused'
      ? 'live'
      : 'cold';
  const { id, name } = machine;
  const link = at.facts && to.facts ? linkBetween(at.facts, to.facts) : null;
  // Within a host nothing goes over a link, and how fast its disks are nobody says.
  const speed = isAlone ? undefined : link?.bytesPerMs;
  const ends = noDelegate ? { from: at, to } : { from: asSetUp(at), to: asSetUp(to) };
  const checks = isAlone
    ? storageOnlyChecks({ machine, at }, to, storageOnly)
    : [...hostChecks(ends), ...machineChecks(machine, ends)];
  return {
    verdicts: [
      ...checks.flatMap((check) => (check.result === 'bad' ? [verdictOf(name, check)] : [])),
      ...stateVerdicts({ machine, at }),
      ...(hasLocal && folder === null ? [noRoom(name, to.host)] : []),
    ],
    allowed: { id, name, from: at.host, storage: folder },
    move: {
      machine: id,
      name,
      from: at.host,
      to: to.host,
      kind,
      storage: folder,
      ...moveCost(machine, { kind, withDisks: folder !== null, speed }),
    },
  };
}

/** What hosts are set to first that machines leave or go to; where machines stay on their host, nothing has to be. */
function settingsFor(
  wanted: readonly FoundMachine[],
  to: HostReading,
  { noDelegate }: MigrateAsk,
): readonly SettingChange[] {
  const left = wanted.map(({ at }) => at).filter(({ host }) => host !== to.host);
  return noDelegate || left.length === 0 ? [] : settingsFirst([...new Set([...left, to])]);
}

/** Whatever host it is to go to. */
function stateVerdicts({ machine, at }: FoundMachine): readonly Verdict[] {
  const { name } = machine;
  return [
    ...(machine.isClustered
      ? [
          refuse(
            'machine.clustered',
            `${name} belongs to a failover cluster, which moves it itself.`,
            `On a node of the cluster: Move-ClusterVirtualMachineRole -Name ${quoted(name)}.`,
          ),
        ]
      : []),
    ...(machine.isBusy
      ? [
          refuse(
            'machine.busy',
            `${name} is being moved or backed up on ${at.host} right now.`,
            'Ask again when that is over.',
          ),
        ]
      : []),
    ...(machine.state === 'other'
      ? [
          refuse(
            'machine.state',
            `${name} is neither running nor off nor saved right now.`,
            'Look at it in Hyper-V Manager, then ask again.',
          ),
        ]
      : []),
  ];
}

/** Each may fit by itself, and all of them not. */
function together(wanted: readonly FoundMachine[], to: HostReading): readonly Verdict[] {
  const coming = wanted.filter(({ at }) => at.host !== to.host);
  const sum = coming.reduce((total, { machine }) => total + memoryOf(machine), 0);
  const free = to.facts?.memory.free ?? 0;
  if (coming.length < 2 || sum <= free) return [];
  return [
    refuse(
      'host.memory',
      `Together they want ${gigabytes(sum)} of memory, and ${to.host} has ${gigabytes(free)} free.`,
      `Move fewer of them, or make room on ${to.host}.`,
    ),
  ];
}

function forecastOf(
  moves: readonly ForecastMove[],
  wanted: readonly FoundMachine[],
  to: HostReading,
): Forecast {
  const ordered = moves.toSorted((a, b) => b.ms - a.ms || (a.machine < b.machine ? -1 : 1));
  const total = to.facts?.memory.total ?? 0;
  const coming = wanted.filter(({ at }) => at.host !== to.host);
  const after =
    (to.facts?.memory.free ?? 0) - coming.reduce((sum, { machine }) => sum + memoryOf(machine), 0);
  const memory = total === 0 ? 0 : Math.round(((total - Math.max(0, after)) / total) * 100);
  const most = Math.max(1, to.facts?.migration.most ?? 1);
  return {
    moves: ordered,
    staying: [],
    hosts: [{ host: to.host, memory }],
    summary: [],
    ms: waves(ordered, most),
  };
}

function memoryOf(machine: FoundMachine['machine']): number {
  return machine.state === 'running' ? wantedMemory(machine) : 0;
}

function verdictOf(name: string, { name: check, evidence, fix }: MoveCheck): Verdict {
  return refuse(`move.${check.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`, `${name}: ${evidence}`, fix);
}

function noRoom(name: string, host: string): Verdict {
  return refuse(
    'machine.room',
    `No disk of ${host} has room for the disks of ${name}.`,
    `Make room on ${host}, or choose another host.`,
  );
}

function there({ machine, at }: FoundMachine): Verdict {
  return {
    check: 'machine.there',
    verdict: 'ok',
    sentence: `${machine.name} is on ${at.host} already.`,
    remedy: '',
  };
}

function unheard(host: string, reading: HostReading | undefined): Verdict {
  return reading ? silentHost(host, reading.silent?.message ?? '') : unknownHost(host);
}

function isRefused(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ verdict }) => verdict === 'refuse');
}

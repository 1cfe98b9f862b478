import type { DrainAsk } from '../commands/ask';
import type { Verdict } from '../delegation/plan';
import { needsSetting } from '../fabric/pair-reasons';
import { sentenceParts } from '../fabric/plan-sentence';
import type { MovePlan, PlannedMove } from '../fabric/plan';
import type { PlanInput, Task } from '../fabric/plan-input';
import type { HostReading } from '../hyperv-port';
import { refuse, silentHost, unknownHost, warn } from '../hyperv/host-verdicts';
import { linkSpeeds } from '../hyperv/link-speed';
import type { Envelope } from './envelope';
import type { Forecast } from './forecast';
import { openMachines } from './open-machines';
import type { PlannedMoves } from './plan-migrate';
import { tooManySettings } from './settings-first';

/** What a plan of moves is made with beside the hosts: who may delegate to whom, and this worker's own rules. */
export type PlanWorld = Pick<PlanInput, 'delegated' | 'cordoned' | 'tier0' | 'rules' | 'settings'> &
  Partial<Pick<PlanInput, 'choices'>>;

/** All that the planner is told. */
export function planInput(
  hosts: readonly HostReading[],
  world: PlanWorld,
  ask: { readonly most: number | null; readonly noStorage: boolean; readonly noDelegate: boolean },
): PlanInput {
  return {
    choices: {},
    ...world,
    hosts,
    speeds: linkSpeeds(hosts),
    links: 'shared',
    underWay: [],
    noDelegate: ask.noDelegate,
    noStorage: ask.noStorage,
    bothWays: false,
    mostAtOnce: ask.most,
    held: {},
    envelope: null,
  };
}

/** What a planner is to be asked, and hosts that may be approved beside those of its plan (see `plannedOf`). */
export interface MovesToPlan {
  readonly kind: 'to-plan';
  readonly input: PlanInput;
  readonly task: Task;
  readonly spare: readonly string[];
}

/** How hosts are to be emptied, from readings of all hosts, or why they are not. */
export function drainToPlan(
  hosts: readonly HostReading[],
  world: PlanWorld,
  ask: DrainAsk,
): MovesToPlan | PlannedMoves {
  const refused = refuseHosts(hosts, ask);
  if (refused.length > 0) return { kind: 'refused', verdicts: refused };
  const delegated = new Set(world.delegated.map(({ from, to }) => `${from} ${to}`));
  const isAllowed = (host: string): boolean => !ask.hosts.includes(host) && (ask.to?.includes(host) ?? true);
  const spare = hosts
    .filter(({ host, facts }) => facts && !needsSetting({ facts }) && isAllowed(host))
    .map(({ host }) => host)
    .filter((host) => ask.hosts.every((from) => delegated.has(`${from} ${host}`)))
    .filter((host) => !ask.returns || ask.hosts.every((from) => delegated.has(`${host} ${from}`)));
  const task = { kind: 'drain' as const, hosts: ask.hosts, to: ask.to };
  return { kind: 'to-plan', input: planInput(hosts, world, ask), task, spare };
}

/**
 * A plan as what is approved of it: the machines that move, and where they go; hosts of `spare` besides, which need nothing new and so cost an
 * approver nothing: a machine may go there when it has no room any more where it was to go. `said`: what else is to be said of it.
 */
export function plannedOf(
  plan: MovePlan,
  { input, task, spare }: MovesToPlan,
  said: readonly Verdict[] = [],
): PlannedMoves {
  // Only for machines of a drain somebody chooses.
  if (task.kind === 'drain' && plan.moves.length === 0 && openMachines(plan.stuck).length > 0)
    return {
      kind: 'to-choose',
      verdicts: [...said, ...foundOf(plan)],
      forecast: nothingMoves(plan.stuck),
    };
  const mayMakeRoom = task.kind === 'drain' && task.makeRoom === true;
  const verdicts = verdictsOf(plan, { mayMakeRoom, said });
  if (plan.asked === 0) return { kind: 'already-so', verdicts };
  const room = mayMakeRoom ? plan.moves.filter(({ why }) => why === 'room') : [];
  // What makes room goes first.
  const own = [...room, ...plan.moves.filter(({ why }) => why === 'asked')];
  if (own.length === 0 || verdicts.some(({ verdict }) => verdict === 'refuse'))
    return { kind: 'refused', verdicts };
  const envelope: Envelope = {
    machines: own
      .map(({ machine: id, name, from, storage, first, why }) => ({
        id,
        name,
        from,
        storage,
        ...(first !== null && first !== 'leave' && { first }),
        ...(why === 'room' && { room: true as const }),
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    destinations: [...new Set([...own.map(({ to }) => to), ...spareFor(room, { input, spare })])].toSorted(),
  };
  return { kind: 'plan', verdicts, settings: plan.needs.settings, envelope, forecast: forecastOf(plan, own) };
}

/** Of machines that all stay, or have to: what could be chosen for each. */
export function nothingMoves(stuck: MovePlan['stuck']): Forecast {
  return { moves: [], staying: stayingOf(stuck), hosts: [], summary: [], ms: 0 };
}

function stayingOf(stuck: MovePlan['stuck']): Forecast['staying'] {
  return stuck.map(({ machine, name, host, short, reasons, choices }) => ({
    machine,
    name,
    host,
    short,
    reasons: reasons.map(({ evidence }) => evidence),
    choices: [...choices],
  }));
}

/** Hosts that cost nothing new for what makes room either. */
function spareFor(
  room: readonly PlannedMove[],
  { input: { delegated }, spare }: Pick<MovesToPlan, 'input' | 'spare'>,
): readonly string[] {
  const froms = [...new Set(room.map(({ from }) => from))];
  const isFree = (from: string, host: string): boolean =>
    from === host || delegated.some((pair) => pair.from === from && pair.to === host);
  return spare.filter((host) => froms.every((from) => isFree(from, host)));
}

function forecastOf(plan: MovePlan, moves: readonly PlannedMove[]): Forecast {
  const { stuck, forecast, makespanMs } = plan;
  const targets = new Set(moves.map(({ to }) => to));
  return {
    moves: moves.map(({ machine, name, from, to, how, storage, bytes, ms }) => ({
      machine,
      name,
      from,
      to,
      kind: how,
      storage,
      bytes,
      ms,
    })),
    staying: stayingOf(stuck),
    hosts: forecast
      .filter(({ host }) => targets.has(host))
      .map(({ host, after }) => ({ host, memory: after.memory })),
    summary: [...sentenceParts(plan)],
    ms: makespanMs,
  };
}

function verdictsOf(
  plan: MovePlan,
  { mayMakeRoom, said }: { readonly mayMakeRoom: boolean; readonly said: readonly Verdict[] },
): readonly Verdict[] {
  const { stuck, needs, moves, asked } = plan;
  const others = moves
    .filter(({ why }) => why === 'parking' || (why === 'room' && !mayMakeRoom))
    .map(({ name }) => name);
  // What is refused shows no warnings.
  const remedy = said.map((each) => `${each.sentence} ${each.remedy}`.trim()).join(' ');
  return [
    ...said,
    ...(asked > 0 && moves.length === 0
      ? [
          refuse(
            'drain.nothing',
            `None of these ${asked} machines can move.`,
            remedy === '' ? (stuck[0]?.reasons[0]?.fix ?? '') : remedy,
          ),
        ]
      : []),
    ...tooManySettings(needs.settings),
    ...(others.length > 0
      ? [
          refuse(
            'machine.others',
            `Others would have to make room: ${others.join(', ')}.`,
            'Make room first, then ask again.',
          ),
        ]
      : []),
    ...foundOf(plan),
  ];
}

/** What somebody should know of a plan, and nothing is refused for. */
function foundOf({ stuck, silent, warnings }: MovePlan): readonly Verdict[] {
  return [
    ...stuck.map(({ name, reasons }) =>
      warn('machine.stays', `${name} stays: ${reasons[0]?.evidence ?? ''}`, reasons[0]?.fix ?? ''),
    ),
    ...silent.map((host) => warn('host.silent', `${host} does not answer, so nothing goes there.`, '')),
    ...warnings.map((sentence) => warn('plan.warning', sentence, '')),
  ];
}

function refuseHosts(hosts: readonly HostReading[], { hosts: named, to }: DrainAsk): readonly Verdict[] {
  return [...named, ...(to ?? [])].flatMap((name) => {
    const reading = hosts.find(({ host }) => host === name);
    if (!reading) return [unknownHost(name)];
    return reading.facts || !named.includes(name) ? [] : [silentHost(name, reading.silent.message)];
  });
}

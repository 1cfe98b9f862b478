import type { MovePlan } from './plan';

/**
 * What a plan comes to, in parts to be joined by ` · `: "11 of 12 machines move to 3 hosts", "about 18 min", "sql-07 stays (pass-through
 * disk)", "hyper-v03 ends at 81 % memory".
 */
export function sentenceParts(plan: MovePlan): readonly string[] {
  const { moves, stuck, asked } = plan;
  const wanted = moves.filter(({ why }) => why === 'asked');
  const own = new Set(wanted.map(({ machine }) => machine));
  const others = new Set(moves.filter(({ why }) => why === 'room').map(({ machine }) => machine));
  const stops = moves.filter(({ first }) => first === 'shut-down' || first === 'save');
  const stopped = new Set(stops.map(({ machine }) => machine));
  const resting = moves.filter(({ how, machine }) => how === 'cold' && !stopped.has(machine));
  const cold = new Set(resting.map(({ machine }) => machine));
  const targets = new Set(wanted.map(({ to }) => to));
  return [
    moves.length === 0
      ? `none of ${counted(asked, 'machine')} ${asked === 1 ? 'moves' : 'move'}`
      : `${own.size} of ${counted(asked, 'machine')} ${own.size === 1 ? 'moves' : 'move'} to ${counted(targets.size, 'host')}`,
    ...(cold.size > 0 ? [`${cold.size} of them not running`] : []),
    ...(stopped.size > 0 ? [`${stopped.size} of them stopped for it`] : []),
    ...(others.size > 0
      ? [`${counted(others.size, 'other')} ${others.size === 1 ? 'makes' : 'make'} room`]
      : []),
    ...(moves.length > 0 ? [about(plan.makespanMs)] : []),
    ...before(plan),
    ...staying(stuck),
    ...fullest(plan),
  ];
}

/** A time as people say it: `about 40 s`, `about 18 min`, `about 2 h 10 min`. */
export function about(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return `about ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `about ${minutes} min`;
  const rest = minutes % 60;
  return `about ${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

function before({ needs }: MovePlan): readonly string[] {
  const { delegations, settings } = needs;
  const parts = [
    ...(delegations.length > 0 ? [counted(delegations.length, 'delegation')] : []),
    ...(settings.length > 0 ? [`settings of ${counted(settings.length, 'host')}`] : []),
  ];
  return parts.length > 0 ? [`${parts.join(' and ')} first`] : [];
}

function staying(stuck: MovePlan['stuck']): readonly string[] {
  const [first, second, ...more] = stuck;
  if (!first) return [];
  const named = (each: typeof first): string => `${each.name} stays (${each.short})`;
  if (!second) return [named(first)];
  if (more.length === 0) return [named(first), named(second)];
  return [named(first), `${counted(more.length + 1, 'more machine')} stay`];
}

/** Of the hosts that something goes to, the one that is fullest afterwards. */
function fullest({ moves, forecast }: MovePlan): readonly string[] {
  const targets = new Set(moves.map(({ to }) => to));
  const own = forecast.filter(({ host }) => targets.has(host));
  const [worst] = own.toSorted((a, b) => peak(b.after) - peak(a.after));
  if (!worst) return [];
  const { host, after } = worst;
  return after.memory >= after.cpu
    ? [`${host} ends at ${after.memory} % memory`]
    : [`${host} ends at ${after.cpu} % processors`];
}

function peak({ memory, cpu }: { memory: number; cpu: number }): number {
  return Math.max(memory, cpu);
}

/** `1 host`, `3 hosts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

import type { Plan } from '../../../core/delegation/plan';
import { isStopped, type AllowedMachine, type Envelope, type First } from '../../../core/moves/envelope';
import type { ForecastMove } from '../../../core/moves/forecast';
import type { ChangeWord } from '../changes/presentation';
import { settingLines } from '../hosts/setting-lines';
import { nameLines, namesSaid } from '../names';
import { visible } from '../text';
import { aboutMs, bytesSaid } from './amounts';

const KINDS = { live: 'while it runs', cold: 'switched off as it is', storage: 'disks alone' } as const;

/** More of them are counted: each stands in its line. */
const MOST_NAMED = 5;

/** What is done to a machine because somebody chose that. */
const FIRSTS: Readonly<Record<First, string>> = {
  eject: 'its drive emptied first, then while it runs',
  'shut-down': 'shut down by its guest, moved cold, and started again there',
  save: 'saved and moved cold, and going on there if it runs now',
};

/** What of a plan is about moves. */
export type MovePlan = Pick<Plan, 'hosts' | 'forecast'>;

/**
 * What is approved of moves, what hosts are set to first, a line for each machine, and what they are going to come to; empty where nothing moves. Plain text. Of what is over
 * nobody needs a forecast any more.
 */
export function movePlanLines(plan: MovePlan, word: ChangeWord, isOver = false): readonly string[] {
  const { envelope } = plan.hosts;
  if (!envelope) return stayingMachines(plan).map((text) => `■  ${text}`);
  // Where machines were for a while says nothing of where they are.
  if (isOver && envelope.returns) return [];
  const summary = plan.forecast?.summary ?? [];
  return [
    ...settingLines(plan.hosts.settings, `${word} first`),
    `${word}: where machines run`,
    ...(isOver || summary.length === 0 ? [] : [summary.join(' · ')]),
    ...movesApart(plan, isOver),
    ...stayingMachines(plan).map((text) => `■  ${text}`),
    ...destinationLines(envelope),
    ...(isOver || summary.length > 0 ? [] : wholeLines(plan)),
  ];
}

/** Those that do not move while they run stand apart, those that are stopped for it, and those of other hosts, which nobody has named. */
function movesApart(plan: MovePlan, isOver: boolean): readonly string[] {
  const machines = plan.hosts.envelope?.machines ?? [];
  const cold = new Set(
    (plan.forecast?.moves ?? []).filter(({ kind }) => kind === 'cold').map(({ machine }) => machine),
  );
  const lines = allowedMoves(plan, isOver).map((text, at) => {
    const machine = machines[at];
    const isCold = machine !== undefined && cold.has(machine.id);
    const group = machine && isStopped(machine) ? 'stopped' : isCold ? 'cold' : 'running';
    return { text: `→  ${text}`, group: machine?.room ? 'room' : group };
  });
  const of = (wanted: string) => lines.filter(({ group }) => group === wanted).map(({ text }) => text);
  const [running, resting, stopped, room] = ['running', 'cold', 'stopped', 'room'].map(of);
  return [
    ...(running ?? []),
    ...headed('Cold, since they are off or saved:', resting ?? []),
    ...headed('Stopped for their move:', stopped ?? []),
    ...headed('Of other hosts, moved first to make room:', room ?? []),
  ];
}

function headed(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines];
}

/** Machines that are left where they are, each with why in a word. */
export function stayingMachines({ forecast }: Pick<Plan, 'forecast'>): readonly string[] {
  return (forecast?.staying ?? []).map(
    ({ name, host, short }) => `${visible(name)}   stays on ${host}   ${visible(short)}`,
  );
}

/** Each machine that may move, with where from and to, and what that costs unless it is over. */
export function allowedMoves({ hosts, forecast }: MovePlan, isOver = false): readonly string[] {
  const { envelope } = hosts;
  if (!envelope) return [];
  const of = new Map((forecast?.moves ?? []).map((move) => [move.machine, move]));
  const nameOf = namesIn(envelope);
  return envelope.machines.map((machine) => {
    const move = of.get(machine.id);
    const to = move?.to ?? envelope.destinations.join(' or ');
    const way = machine.from === to ? machine.from : `${machine.from} → ${to}`;
    const said = machine.first ? FIRSTS[machine.first] : move && KINDS[move.kind];
    const how = move && !isOver ? `   ${said ?? ''}, ${costSaid(move, machine.storage)}` : '';
    const first = machine.first ? `   ${FIRSTS[machine.first]}` : '';
    return `${nameOf(machine)}   ${way}${how === '' ? `${first}${placeSaid(machine)}` : how}`;
  });
}

/** Where there are several destinations, a machine may go to any of them, whatever is foreseen. */
export function destinationLines({ machines, destinations, returns }: Envelope): readonly string[] {
  const back = returns
    ? ['Each returns to where it is now when that host is back from its service.', ...twiceLines(machines)]
    : [];
  if (destinations.length < 2) return back;
  return [...back, 'Each of them may go to any of these, by what is free then:', ...nameLines(destinations)];
}

/** Who is stopped to leave is stopped to come back. */
function twiceLines(machines: Envelope['machines']): readonly string[] {
  const line = (wanted: First, said: string): readonly string[] => {
    const names = machines.filter(({ first }) => first === wanted).map(({ name }) => visible(name));
    if (names.length === 0) return [];
    const who = names.length > MOST_NAMED ? `${names.length} machines` : namesSaid(names);
    return [`${who} ${names.length === 1 ? 'is' : 'are'} ${said}.`];
  };
  return [
    ...line('shut-down', 'shut down twice, to leave and to come back'),
    ...line('save', 'saved to leave, and again to come back if running then'),
  ];
}

/** What all of it comes to, where no summary says it. */
export function wholeLines({ hosts, forecast }: MovePlan): readonly string[] {
  const ends = (forecast?.hosts ?? []).map(({ host, memory }) => `${host} ends at ${memory} % memory`);
  return [
    ...(forecast && (hosts.envelope?.machines.length ?? 0) > 1 ? [`All of it: ${aboutMs(forecast.ms)}`] : []),
    ...(ends.length === 0 ? [] : [ends.join(' · ')]),
  ];
}

/** Names are not unique in Hyper-V: where two of them are alike the id tells which is meant. */
function namesIn({ machines }: Envelope): (machine: AllowedMachine) => string {
  const counts = new Map<string, number>();
  for (const { name } of machines) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return ({ id, name }) =>
    (counts.get(name.toLowerCase()) ?? 0) > 1 ? `${visible(name)} (${id})` : visible(name);
}

function placeSaid({ storage }: AllowedMachine): string {
  return storage === null ? '' : `   with its local disks, to ${visible(storage)}`;
}

function costSaid({ bytes, ms, kind }: ForecastMove, storage: string | null): string {
  const to = storage === null ? '' : `, to ${visible(storage)}`;
  if (bytes < 1_024) return `at once${to}`;
  const disks = storage === null || kind === 'storage' ? '' : ' with its local disks';
  return `${bytesSaid(bytes)} to copy${disks}${to}, ${aboutMs(ms)}`;
}

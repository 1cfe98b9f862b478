import { ownerOf, type MachineRule } from '../../core/fabric/machine-rules';
import { isStopped, type AllowedMachine } from '../../core/moves/envelope';
import { isElsewhere } from '../../core/moves/making-room';
import { hasMoved, type MoveStep } from '../../core/moves/move-step';
import { choicesSaid, chosenOf } from '../../core/request/choices';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import { namesSaid } from '../cards/names';
import { folded, plain, words, type Message } from '../cards/message';
import { clip, counted, inert, mention, visible } from '../cards/text';
import type { Wanted } from './wanted';

/** An owner who can be written to: a user's id. A name is for people who read the file. */
const USER = /^[UW][A-Z0-9]{2,20}$/;

/** So many machines of one owner are told of one by one. */
const MOST_LINES = 30;

/** States in which it is decided that machines move, and not over. */
const ON_THE_WAY: readonly State[] = ['approved', 'running', 'awaiting-hand'];

/**
 * What owners of machines are told by direct message: before their machines move, as soon as that is approved, and after, how each of them is.
 */
export function ownerNotices(record: RequestRecord, rules: readonly MachineRule[]): readonly Wanted[] {
  const machines = record.plan?.hosts.envelope?.machines ?? [];
  const isBegun = record.moves.some(({ intent }) => intent) || record.rounds.some(({ away }) => away > 0);
  if (machines.length === 0 || !(record.ending ? isBegun : ON_THE_WAY.includes(record.state))) return [];
  const owners = new Map<string, string[]>();
  for (const machine of machines) {
    const owner = ownerOf(machine, rules);
    if (owner !== null && USER.test(owner)) owners.set(owner, [...(owners.get(owner) ?? []), machine.id]);
  }
  return [...owners].map(([user, ids]) =>
    record.ending
      ? { key: `owner-after-${user}`, to: { person: user }, message: after(record, ids) }
      : { key: `owner-before-${user}`, to: { person: user }, message: before(record, ids) },
  );
}

function before({ label, plan, intake }: RequestRecord, ids: readonly string[]): Message {
  const own = (plan?.hosts.envelope?.machines ?? []).filter(({ id }) => ids.includes(id));
  const names = clip(namesSaid(own.map(({ name }) => visible(name))), 600);
  const froms = namesSaid([...new Set(own.map(({ from }) => from))]);
  const isOne = own.length === 1;
  const back = plan?.hosts.envelope?.returns ? ', and back when that has been serviced' : '';
  const text = `Your ${isOne ? 'machine' : 'machines'} ${names} will be moved away from ${froms} soon${back}. ${isOne ? 'It runs' : 'They run'} on meanwhile, if ${isOne ? 'it runs' : 'they run'} now.${stoppedSaid(own, plan?.hosts.envelope?.returns ?? false)}`;
  return {
    text: `${label}: ${inert(text)}`,
    blocks: [plain(text), words(`${label} · asked by ${mention(intake.statement.by)}`)],
  };
}

/** Those that do not run on, since somebody chose that. */
function stoppedSaid(own: readonly AllowedMachine[], returns: boolean): string {
  const stopped = own.filter(isStopped).map(({ name }) => visible(name));
  if (stopped.length === 0) return '';
  const again = stopped.length === 1 ? 'if it runs now' : 'if they run now';
  return ` But for ${clip(namesSaid(stopped), 600)}: stopped ${returns ? 'each time' : 'for it'}, and started again ${again}.`;
}

function after(record: RequestRecord, ids: readonly string[]): Message {
  const { label, moves } = record;
  const own = moves.filter(({ machine }) => ids.includes(machine));
  const told = new Set(own.map(({ machine }) => machine));
  const lines = [
    ...own.map(howItIs),
    ...ids.filter((id) => !told.has(id)).flatMap((id) => earlier(record, id)),
  ];
  const left = lines.length - MOST_LINES;
  const shown = [
    ...lines.slice(0, MOST_LINES),
    ...(left > 0 ? [`… and ${counted(left, 'machine')} more, told in its thread.`] : []),
  ];
  return {
    // For notifications the first of them is enough.
    text: `${label}: ${inert(clip(shown.join('\n'), 600))}`,
    blocks: [...folded(shown.join('\n')).map((each) => plain(each)), words(`${label} is over.`)],
  };
}

/** Of rounds the journal has the last one alone. */
function earlier({ rounds, plan, instructions }: RequestRecord, id: string): readonly string[] {
  const machine = plan?.hosts.envelope?.machines.find((each) => each.id === id);
  if (!machine || rounds.length === 0) return [];
  const round = rounds.find(({ hosts }) => hosts.includes(machine.from));
  const name = visible(machine.name);
  // Of machines that come back only what is away already can be left.
  const isLeft = chosenOf(choicesSaid({ instructions }))[id] === 'leave';
  return [
    round?.leg === 'over' && isLeft
      ? `■ ${name} was left by choice, and is not back on ${machine.from}.`
      : round?.leg === 'over'
        ? `✔ ${name} is back on ${machine.from}.`
        : `■ ${name} was not moved, and is still on ${machine.from}.`,
  ];
}

function howItIs(step: MoveStep): string {
  const { from, to, outcome } = step;
  const name = visible(step.name);
  const ill = (outcome?.health ?? []).filter(({ isWell }) => !isWell).map(({ sentence }) => sentence);
  if (hasMoved(step) && ill.length === 0) return `✔ ${name} is on ${to} now, and well.`;
  if (hasMoved(step)) return `⚠ ${name} is on ${to} now, and not as it was: ${ill.join(' ')}`;
  if (outcome?.kind === 'stuck') return `🛑 ${name}: ${outcome.problem?.summary ?? 'it needs a person.'}`;
  if (outcome?.problem && isElsewhere(step)) return `■ ${outcome.problem.summary}`;
  return `■ ${name} was not moved, and is still on ${from}.`;
}

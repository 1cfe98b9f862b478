import type { MoveAsk } from '../../../core/commands/ask';
import { powersOf } from '../../../core/delegation/powers';
import { hasMoved } from '../../../core/moves/move-step';
import type { RequestRecord } from '../../../core/request/record';
import { isHeldForWindow } from '../../../core/request/window';
import type { State } from '../../../core/request/states';
import { namesSaid } from '../names';
import { wholeSentence } from './whole-sentence';

/** Who moves where, as it is said: the machines by name, and the place. */
interface Said {
  readonly names: string;
  readonly isOne: boolean;
  readonly where: string;
  readonly done: string;
  readonly stuck: string;
}

/**
 * What a request to move machines means, by its state; plain text without a full stop. Of one that needs a delegation the power comes first, since
 * that outlasts the move.
 */
export function moveSentence(record: RequestRecord, ask: MoveAsk): string {
  // What waits for its window is being moved no more than what was just approved.
  const state = isHeldForWindow(record) ? 'approved' : record.state;
  return capital(`${powerOf(record)}${bareSentence({ ...record, state }, ask)}`);
}

function bareSentence(record: RequestRecord, ask: MoveAsk): string {
  if (ask.verb !== 'migrate') return wholeSentence(record, ask);
  const { plan, moves, state } = record;
  const planned = plan?.hosts.envelope?.machines.map(({ name }) => name) ?? [];
  const all = planned.length > 0 ? planned : ask.machines;
  const whose = ask.storageOnly === null ? '' : 'the disks of ';
  const where = ask.storageOnly === null ? ask.to : `${ask.storageOnly} on ${ask.to}`;
  const done = moves.filter(hasMoved).map(({ name }) => name);
  const stuck = moves.filter(({ outcome }) => outcome?.kind === 'stuck').map(({ name }) => name);
  const said = {
    names: `${whose}${namesSaid(all)}`,
    isOne: all.length === 1 && whose === '',
    where,
    done: namesSaid(done),
    stuck: `${whose}${namesSaid(stuck.length > 0 ? stuck : all)}`,
  };
  return SENTENCES[state](said);
}

/** Only as long as it is still to be decided or carried out: after that the account tells what was written. */
function powerOf({ plan, state }: RequestRecord): string {
  const powers = plan && ['waiting', 'approved'].includes(state) ? powersOf(plan.directory) : [];
  if (powers.length === 0) return '';
  const named = (hosts: readonly string[]): string => namesSaid([...new Set(hosts)]);
  const sources = named(powers.map(({ source }) => source).toSorted());
  const destinations = named(powers.map(({ destination }) => destination).toSorted());
  const on = sources === destinations ? 'each other' : destinations;
  return `${sources} will be able to act as any user on ${on}; `;
}

const was = ({ isOne }: Said): string => (isOne ? 'was' : 'were');
const not = (said: Said): string => `${said.names} ${was(said)} not moved to ${said.where}`;

const SENTENCES: Readonly<Record<State, (said: Said) => string>> = {
  planning: ({ names, where }) => `${names}: to be moved to ${where}`,
  waiting: ({ names, where }) => `${names} will move to ${where}`,
  approved: ({ names, where }) => `${names} will move to ${where}`,
  running: ({ names, where }) => `${names}: being moved to ${where}`,
  'awaiting-hand': ({ names, where }) => `${names}: being moved to ${where}`,
  done: (said) => `${said.names} ${was(said)} moved to ${said.where}`,
  partial: ({ done, where }) => `Only ${done} moved to ${where}`,
  failed: not,
  stuck: ({ stuck, where }) => `${stuck}: the move to ${where} needs a person`,
  stopped: (said) => (said.done === '' ? not(said) : `Only ${said.done} moved to ${said.where}`),
  stale: ({ names, where }) => `${names}: to be moved to ${where}`,
  denied: not,
  expired: not,
  withdrawn: not,
  'already-so': ({ names, isOne, where }) => `${names} ${isOne ? 'is' : 'are'} on ${where} already`,
  refused: not,
};

function capital(sentence: string): string {
  return sentence.startsWith('the ') ? `The ${sentence.slice(4)}` : sentence;
}

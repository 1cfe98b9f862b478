import type { DrainAsk, RebalanceAsk, ReturnAsk } from '../../../core/commands/ask';
import { hasMoved } from '../../../core/moves/move-step';
import { awaitsChoice } from '../../../core/request/nothing-yet';
import type { RequestRecord } from '../../../core/request/record';
import type { State } from '../../../core/request/states';
import { namesSaid } from '../names';
import { roundSentence } from './round-sentence';
import { counted } from '../text';

/** What a request means that empties hosts, or brings back what was moved away; by its state, plain text without a full stop. */
export function wholeSentence(record: RequestRecord, ask: DrainAsk | ReturnAsk | RebalanceAsk): string {
  if (ask.verb === 'rebalance') return rebalanceSentence(record, ask);
  return ask.verb === 'drain' ? drainSentence(record, ask) : returnSentence(record, ask);
}

function drainSentence(record: RequestRecord, ask: DrainAsk): string {
  const { hosts } = ask;
  if (awaitsChoice(record)) return `${namesSaid(hosts)}: nothing moves until somebody chooses`;
  const round = ask.returns === null ? null : roundSentence(record, ask);
  if (round !== null) return round;
  const names = namesSaid(hosts);
  const left = (record.remaining ?? []).reduce((sum, { machines }) => sum + machines.length, 0);
  // A machine that nobody can find is no reason to call its host empty.
  const isStuck = record.moves.some(({ outcome }) => outcome?.kind === 'stuck');
  const isEmpty = record.remaining !== null && left === 0 && !isStuck;
  if (record.ending && isEmpty)
    return `Safe to service: ${names} ${hosts.length === 1 ? 'has' : 'have'} no machines`;
  if (record.ending && record.remaining !== null && left > 0)
    return `${names} not empty: ${counted(left, 'machine')} left`;
  return DRAINS[record.state](names);
}

const DRAINS: Readonly<Record<State, (names: string) => string>> = {
  planning: (names) => `${names}: to be emptied`,
  waiting: (names) => `${names} will be emptied`,
  approved: (names) => `${names} will be emptied`,
  running: (names) => `${names}: being emptied`,
  'awaiting-hand': (names) => `${names}: being emptied`,
  done: (names) => `${names}: all moved as planned, and nobody has looked whether it is empty`,
  partial: (names) => `${names}: emptied in part only`,
  failed: (names) => `${names}: not emptied`,
  stuck: (names) => `${names}: emptying needs a person`,
  stopped: (names) => `${names}: emptying was stopped`,
  stale: (names) => `${names}: to be emptied`,
  denied: (names) => `${names}: not emptied`,
  expired: (names) => `${names}: not emptied`,
  withdrawn: (names) => `${names}: not emptied`,
  'already-so': (names) => `${names}: no machines on it`,
  refused: (names) => `${names}: not emptied`,
};

function rebalanceSentence({ moves, plan, state }: RequestRecord, { hosts }: RebalanceAsk): string {
  const names = hosts === null ? 'All hosts' : namesSaid(hosts);
  const all = counted(plan?.hosts.envelope?.machines.length ?? 0, 'machine');
  return REBALANCES[state]({ names, all, done: `${moves.filter(hasMoved).length} of ${all}` });
}

interface Evened {
  readonly names: string;
  readonly all: string;
  readonly done: string;
}

const notEvened = ({ names }: Evened): string => `${names}: not evened out`;

const REBALANCES: Readonly<Record<State, (said: Evened) => string>> = {
  planning: ({ names }) => `${names}: to be evened out`,
  waiting: ({ names, all }) => `${names}: evened out by moving ${all}`,
  approved: ({ names, all }) => `${names}: evened out by moving ${all}`,
  running: ({ names }) => `${names}: being evened out`,
  'awaiting-hand': ({ names }) => `${names}: being evened out`,
  done: ({ names, all }) => `${names}: evened out, ${all} moved`,
  partial: ({ names, done }) => `${names}: evened out in part, ${done} moved`,
  failed: notEvened,
  stuck: ({ names }) => `${names}: evening out needs a person`,
  stopped: ({ names, done }) => `${names}: evening out was stopped, ${done} moved`,
  stale: ({ names }) => `${names}: to be evened out`,
  denied: notEvened,
  expired: notEvened,
  withdrawn: notEvened,
  'already-so': ({ names }) => `${names}: even enough, nothing is worth a move`,
  refused: notEvened,
};

function returnSentence({ moves, plan, state }: RequestRecord, { host }: ReturnAsk): string {
  const all = plan?.hosts.envelope?.machines.length ?? 0;
  const back = moves.filter(hasMoved).length;
  return RETURNS[state]({
    host,
    all: all === 0 ? 'its machines' : counted(all, 'machine'),
    back: `${back} of ${counted(all, 'machine')}`,
  });
}

interface Back {
  readonly host: string;
  readonly all: string;
  readonly back: string;
}

const notBack = ({ host }: Back): string => `${host}: its machines were not brought back`;

const RETURNS: Readonly<Record<State, (said: Back) => string>> = {
  planning: ({ host }) => `${host}: its machines are to come back`,
  waiting: ({ host, all }) => `${all} will come back to ${host}`,
  approved: ({ host, all }) => `${all} will come back to ${host}`,
  running: ({ host, all }) => `${host}: ${all} being brought back`,
  'awaiting-hand': ({ host, all }) => `${host}: ${all} being brought back`,
  done: ({ host, all }) => `${host}: ${all} brought back`,
  partial: ({ host, back }) => `${host}: only ${back} came back`,
  failed: notBack,
  stuck: ({ host }) => `${host}: bringing back needs a person`,
  stopped: ({ host, back }) => `${host}: stopped; ${back} came back`,
  stale: ({ host }) => `${host}: its machines are to come back`,
  denied: notBack,
  expired: notBack,
  withdrawn: notBack,
  'already-so': ({ host }) => `${host}: no machine is away from it`,
  refused: notBack,
};

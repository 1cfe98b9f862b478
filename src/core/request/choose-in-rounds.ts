import type { AllowedMachine } from '../moves/envelope';
import type { Round } from '../moves/round';
import type { Problem } from '../problem';
import type { RequestRecord } from './record';
import type { ChoiceWord } from './statement';

/**
 * Why this is not chosen now for a machine that comes back by itself; null: it may be. A host is opened only when it is empty, so nothing is left
 * there; what was chosen is taken back before the approval, and what has left may be left where it has gone, unless that is emptied later.
 */
export function refuseInRounds(
  record: RequestRecord,
  machine: AllowedMachine,
  choice: ChoiceWord['choice'],
): Problem | null {
  const { label, state, rounds } = record;
  const { name, from: home, first } = machine;
  const round = rounds.find(({ hosts }) => hosts.includes(home));
  if (round?.leg === 'over') return isOver(name, home);
  if (choice !== 'leave') return null;
  const isPlanned = state === 'waiting' || state === 'planning';
  if (isPlanned) return first === undefined ? mustLeave(label, { name, host: home }) : null;
  const host = awayAt(record, machine, round) ?? home;
  const isToBeEmptied =
    host === home || rounds.some(({ leg, hosts }) => leg === 'next' && hosts.includes(host));
  return isToBeEmptied ? mustLeave(label, { name, host }) : null;
}

/** Where a machine is that has left its host and not begun to come back; null: it is no such machine. */
function awayAt({ moves }: RequestRecord, { id }: AllowedMachine, round: Round | undefined): string | null {
  const step = moves.find(({ machine }) => machine === id);
  if (round?.leg === 'back') return step?.from ?? null;
  return round?.leg === 'service' ? (step?.to ?? null) : null;
}

function mustLeave(label: string, { name, host }: { name: string; host: string }): Problem {
  return {
    code: 'choice.holds',
    summary: `${host} has to be empty before it is opened, so ${name} cannot be left there.`,
    remedy: `If it has to stay, stop or withdraw ${label}, and ask without --return and --rolling.`,
  };
}

function isOver(name: string, home: string): Problem {
  return {
    code: 'choice.late',
    summary: `The round of ${home} is over, so nothing is chosen for ${name} any more.`,
    remedy: 'Look at the card for how it stands.',
  };
}

import type { Round } from '../../../core/moves/round';
import { hostsOfRounds, openHosts, presentRound } from '../../../core/moves/rounds';
import type { DrainAsk } from '../../../core/commands/ask';
import type { RequestRecord } from '../../../core/request/record';
import type { State } from '../../../core/request/states';
import { namesSaid } from '../names';
import { counted } from '../text';

/** What a drain means whose machines return by themselves; null where it is to be said as of any other. Plain text without a full stop. */
export function roundSentence(record: RequestRecord, ask: DrainAsk): string | null {
  const { state, rounds } = record;
  const names = namesSaid(ask.hosts);
  const each = hostsOfRounds(ask).length > 1 ? ', one after the other' : '';
  if (PLANNED.includes(state)) return `${names} will be emptied${each}, and filled again when back`;
  const present = presentRound(record);
  if (state === 'done' && !present) {
    const returned = rounds.reduce((sum, round) => sum + round.returned, 0);
    return `${names}: serviced${each}, ${counted(returned, 'machine')} back`;
  }
  if (rounds.length === 0 || !present) return null;
  const at = rounds.indexOf(present);
  const hosts = namesSaid(present.hosts);
  const place = rounds.length > 1 ? ` (${at + 1} of ${rounds.length})` : '';
  if (state === 'running') return LEGS[present.leg](`${hosts}${place}`, present);
  return record.ending ? `${hosts}${place}: ${ENDS[present.leg]}${restSaid(rounds, at)}` : null;
}

const PLANNED: readonly State[] = ['waiting', 'approved'];

const LEGS: Readonly<Record<Round['leg'], (hosts: string, round: Round) => string>> = {
  next: (hosts) => `${hosts}: to be emptied next`,
  away: (hosts) => `${hosts}: being emptied`,
  service: (hosts, round) => {
    const open = openHosts(round);
    if (open.length === 0) return `${hosts}: up again, and watched until well`;
    const which = open.length === round.hosts.length ? hosts : namesSaid(open);
    return `Safe to service: ${which} ${open.length === 1 ? 'has' : 'have'} no machines`;
  },
  back: (hosts, { away }) => `${hosts} is back: ${counted(away, 'machine')} returning`,
  over: (hosts) => `${hosts}: done`,
};

/** How far the round came at which everything ended. */
const ENDS: Readonly<Record<Round['leg'], string>> = {
  next: 'not begun',
  away: 'not emptied',
  service: 'emptied, and not filled again',
  back: 'not all machines returned',
  over: 'done',
};

function restSaid(rounds: readonly Round[], at: number): string {
  const left = rounds.slice(at + 1).flatMap(({ hosts }) => hosts);
  return left.length === 0 ? '' : `; ${namesSaid(left)} not begun`;
}

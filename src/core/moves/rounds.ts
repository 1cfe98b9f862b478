import type { DrainAsk } from '../commands/ask';
import type { Round } from './round';

/** The rounds of a drain whose machines return by themselves, none of them begun; empty for any other. */
export function newRounds({ hosts, returns }: Pick<DrainAsk, 'hosts' | 'returns'>): readonly Round[] {
  return hostsOfRounds({ hosts, returns }).map((together) => ({
    hosts: [...together],
    leg: 'next',
    begunAt: null,
    emptiedAt: null,
    before: [],
    up: [],
    backAt: null,
    away: 0,
    returned: 0,
  }));
}

/** Which hosts are emptied together, in their order; empty where nothing returns. */
export function hostsOfRounds({
  hosts,
  returns,
}: Pick<DrainAsk, 'hosts' | 'returns'>): readonly (readonly string[])[] {
  if (returns === null) return [];
  return returns === 'rolling' ? hosts.map((host) => [host]) : [hosts];
}

/** The round that goes on, or is the next to begin; undefined: all are over. */
export function presentRound({ rounds }: { readonly rounds: readonly Round[] }): Round | undefined {
  return rounds.find(({ leg }) => leg !== 'over');
}

/** All rounds, with one of them as it is by now. */
export function withRound(rounds: readonly Round[], round: Round): readonly Round[] {
  return rounds.map((each) => (each.hosts[0] === round.hosts[0] ? round : each));
}

/** The hosts that a drain empties right now; none while their machines return, or between two rounds. */
export function emptiedNow(
  record: { readonly rounds: readonly Round[] },
  { hosts }: Pick<DrainAsk, 'hosts'>,
): readonly string[] {
  if (record.rounds.length === 0) return hosts;
  const round = presentRound(record);
  return round?.leg === 'away' ? round.hosts : [];
}

/** Hosts of a round that people may work on: those that have not come up again. */
export function openHosts({ hosts, leg, up }: Round): readonly string[] {
  return leg === 'service' ? hosts.filter((host) => !up.some((each) => each.host === host)) : [];
}

/** How machines are that left a host which does not get them back by itself. */
export function runOn(away: number): string {
  return away === 1
    ? 'The machine that left it runs on elsewhere'
    : `The ${away} machines that left it run on elsewhere`;
}

import type { Round } from '../../../core/moves/round';
import { openHosts } from '../../../core/moves/rounds';
import type { RequestRecord } from '../../../core/request/record';
import { namesSaid } from '../names';
import { counted } from '../text';

/** A plain line for each round: what is over, what goes on, and what is still to come. Empty where there are none. */
export function roundLines({ rounds, ending }: Pick<RequestRecord, 'rounds' | 'ending'>): readonly string[] {
  return rounds.map((round) => lineOf(round, ending !== null));
}

function lineOf(round: Round, isEnded: boolean): string {
  const hosts = namesSaid(round.hosts);
  const away = counted(round.away, 'machine');
  switch (round.leg) {
    case 'next':
      return `□ ${hosts}: not begun${isEnded ? '' : ' yet'}.`;
    case 'away':
      return isEnded ? `✖ ${hosts}: not emptied.` : `▶ ${hosts}: its machines leave.`;
    case 'service':
      return isEnded
        ? `✖ ${hosts}: emptied; ${away} away.${upSaid(round)}`
        : `▶ ${hosts}: ${openHosts(round).length > 0 ? 'safe to service' : 'up again, and watched until well'}; ${away} away.${upSaid(round)}`;
    case 'back':
      return isEnded
        ? `✖ ${hosts}: back and well, and not all of ${away} returned.${upSaid(round)}`
        : `▶ ${hosts}: back and well; ${away} returning.${upSaid(round)}`;
    case 'over':
      return `✔ ${hosts}: serviced; ${counted(round.returned, 'machine')} back.${stayedSaid(round)}${upSaid(round)}`;
  }
}

/** Machines of a round that is over which somebody left where they had gone. */
export function stayedSaid({ hosts, away, returned }: Round): string {
  const stayed = away - returned;
  return stayed > 0
    ? ` ${stayed} left away by choice: ${hosts.map((host) => `/hv return ${host}`).join(', ')}.`
    : '';
}

/** What the service has changed, as far as a build tells it. */
function upSaid({ hosts, before, up }: Round): string {
  const builds = up.flatMap(({ host, build }) => {
    const was = before.find((each) => each.host === host)?.build ?? build;
    const whose = hosts.length === 1 ? '' : `${host}: `;
    return was === build ? [] : [`${whose}build ${was} → ${build}`];
  });
  return builds.length === 0 ? '' : ` ${builds.join(', ').replace(/^b/, 'B')}.`;
}

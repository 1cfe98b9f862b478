import { hasBooted } from '../../core/moves/has-booted';
import type { Round } from '../../core/moves/round';
import type { RequestRecord } from '../../core/request/record';
import { plain, words, type Message } from '../cards/message';
import { stayedSaid } from '../cards/moves/round-lines';
import { namesSaid } from '../cards/names';
import { counted, inert, moment } from '../cards/text';
import type { Wanted } from './wanted';

/**
 * Replies of a drain whose machines return: that hosts are safe to service, to everybody as well, that they are back, and that a round is over. Each
 * says what stays true.
 */
export function roundReplies({ rounds, label }: RequestRecord): readonly Wanted[] {
  return rounds.flatMap((round, at) => {
    const place = rounds.length > 1 ? ` (${at + 1} of ${rounds.length})` : '';
    const hosts = namesSaid(round.hosts);
    const key = round.hosts[0] ?? '';
    return [
      ...(round.emptiedAt === null ? [] : safe(round, { label, hosts, place, key, at: round.emptiedAt })),
      ...(round.backAt === null
        ? []
        : [{ key: `back-${key}`, message: note(backSaid(round, { label, hosts, place })) }]),
      ...(round.leg === 'over'
        ? [
            {
              key: `round-${key}`,
              message: note(
                `✔ ${label}: ${hosts}${place} is done, ${counted(round.returned, 'machine')} back.${stayedSaid(round)}`,
              ),
            },
          ]
        : []),
    ];
  });
}

interface Said {
  readonly label: string;
  readonly hosts: string;
  readonly place: string;
}

/** Whoever waits to open a host reads the channel, not the thread. */
function safe(round: Round, { label, hosts, place, key, at }: Said & { key: string; at: number }): Wanted[] {
  const has = round.hosts.length === 1 ? 'has' : 'have';
  const text = `🔧 ${label}: safe to service: ${hosts}${place} ${has} no machines.`;
  const then = 'Machines return by themselves when it has booted and is well, or after “Host is back”.';
  const message: Message = {
    text: inert(text),
    blocks: [plain(`${text} ${then}`), words(`Seen empty ${moment(at)}`)],
  };
  return [
    { key: `safe-${key}`, message },
    { key: `safe-notice-${key}`, to: 'notices', message },
  ];
}

function backSaid(round: Round, { label, hosts, place }: Said): string {
  const { up, before, away } = round;
  const booted = up.map(({ host, bootedAt, build }) => {
    const was = before.find((each) => each.host === host);
    const boot = hasBooted(round, { host, bootedAt }) ? 'booted' : 'not booted';
    return `${boot}, build ${was && was.build !== build ? `${was.build} → ` : ''}${build}`;
  });
  return `▶ ${label}: ${hosts}${place} is back and well (${[...new Set(booted)].join('; ')}): ${counted(away, 'machine')} ${away === 1 ? 'returns' : 'return'}.`;
}

function note(text: string): Message {
  return { text: inert(text), blocks: [plain(text)] };
}

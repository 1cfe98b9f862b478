import { isStopped } from '../../../core/moves/envelope';
import { grouped } from '../../../core/delegation/grouped';
import type { ChangeWord } from '../changes/presentation';
import { settingLines } from '../hosts/setting-lines';
import { counted } from '../text';
import { bytesSaid } from './amounts';
import { destinationLines, movePlanLines, wholeLines, type MovePlan } from './plan-lines';

/** What a card has room for of moves, in characters; beside a directory part that is a summary itself, it has less. */
const MOVES_LENGTH = 6_000;
const BESIDE_SUMMARY = 1_200;
/** More ways than this nobody reads on a card. */
const MOST_WAYS = 15;
/** What destinations and forecasts may take in a summary, in lines. */
const MOST_LINES = 6;

/** How much of a card its moves take, line by line. */
export function movesLength(plan: MovePlan): number {
  return movePlanLines(plan, 'Planned').join('\n').length;
}

/** Whether the card of a plan has room for every move, beside a directory part that takes so much; null: that is a summary. */
export function areMovesShown(plan: MovePlan, directory: number | null): boolean {
  return movesLength(plan) <= (directory === null ? BESIDE_SUMMARY : MOVES_LENGTH - directory);
}

/** Moves that are too many for a card: how many go from where to where, and what all of it comes to. Plain lines. */
export function moveSummary(plan: MovePlan, word: ChangeWord): readonly string[] {
  const { hosts, forecast } = plan;
  const { envelope } = hosts;
  if (!envelope) return [];
  const of = new Map((forecast?.moves ?? []).map((move) => [move.machine, move]));
  const moves = envelope.machines.map(({ id, from }) => {
    const move = of.get(id);
    const to = move?.to ?? 'any of the hosts below';
    return { way: from === to ? from : `${from} → ${to}`, bytes: move?.bytes ?? 0 };
  });
  const ways = grouped(moves, ({ way }) => way).toSorted((a, b) => b.length - a.length);
  const left = ways.length - MOST_WAYS;
  const stopped = envelope.machines.filter(isStopped).length;
  const emptied = envelope.machines.filter(({ first }) => first === 'eject').length;
  const makers = envelope.machines.filter(({ room }) => room).length;
  const { summary = [], staying: { length: staying } = [] } = forecast ?? {};
  return [
    ...settingLines(hosts.settings, `${word} first`),
    `${word}: where ${counted(envelope.machines.length, 'machine')} run, too many to stand here one by one.`,
    ...ways.slice(0, MOST_WAYS).map((way) => {
      const bytes = way.reduce((sum, each) => sum + each.bytes, 0);
      return `→  ${way[0]?.way ?? ''}: ${counted(way.length, 'machine')}, ${bytesSaid(bytes)} to copy`;
    }),
    ...(left > 0 ? [`… and ${counted(left, 'more way')}.`] : []),
    ...(makers > 0 ? [`⇄  ${counted(makers, 'machine')} of other hosts among them, to make room first`] : []),
    ...(stopped > 0
      ? [`⏻  ${counted(stopped, 'machine')} shut down or saved for it, and started again if running now`]
      : []),
    ...(emptied > 0
      ? [`⏏  ${counted(emptied, 'machine')} with something in the drive, which is emptied first`]
      : []),
    ...(staying > 0
      ? [`■  ${counted(staying, 'machine')} left where they are, each with why on the list`]
      : []),
    ...shortened([
      ...destinationLines(envelope),
      ...(summary.length > 0 ? [summary.join(' · ')] : wholeLines(plan)),
    ]),
  ];
}

function shortened(lines: readonly string[]): readonly string[] {
  const shown = lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > 700 ? `${line.slice(0, 699)}…` : line));
  return lines.length > MOST_LINES ? [...shown, '…'] : shown;
}

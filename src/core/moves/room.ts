import type { Verdict } from '../delegation/plan';
import { counted } from '../fabric/plan-sentence';
import type { MovePlan, PlannedMove, StuckMachine } from '../fabric/plan';
import type { RoomCode } from '../fabric/reasons';
import { warn } from '../hyperv/host-verdicts';

const ROOM: readonly string[] = ['memory', 'cpu', 'space', 'apart'] satisfies RoomCode[];

/** Whether a machine stays though some host would take it if there were room, so that moving others could help. */
export function lacksRoom({ stuck }: Pick<MovePlan, 'stuck'>): boolean {
  return stuck.some(isShort);
}

function isShort({ reasons }: Pick<StuckMachine, 'reasons'>): boolean {
  return reasons.every(({ host }) => host !== null) && reasons.some(({ code }) => ROOM.includes(code));
}

/** Machines of other hosts that a plan moves though nothing comes where they leave, by id. */
export function inVain({ moves }: Pick<MovePlan, 'moves'>): readonly string[] {
  const wanted = new Set(moves.map(({ to }) => to));
  return moves.filter((move) => isRoom(move) && !wanted.has(move.from)).map(({ machine }) => machine);
}

/**
 * Whether moving others is worth it: more of what was asked about moves than without. No machine is moved twice for it, since one that waits half-way
 * for another move is where nobody has planned it if that one fails.
 */
export function isWorthRoom(roomy: Pick<MovePlan, 'moves'>, without: Pick<MovePlan, 'moves'>): boolean {
  return roomy.moves.every(({ why }) => why !== 'parking') && askedIn(roomy) > askedIn(without);
}

/** What `--make-room` would come to, for a card of a plan that does without. */
export function roomOffer(roomy: Pick<MovePlan, 'moves'>, without: Pick<MovePlan, 'moves'>): Verdict {
  const more = askedIn(roomy) - askedIn(without);
  const others = roomy.moves.filter(isRoom).length;
  const whose = others === 1 ? '1 machine of another host' : `${counted(others, 'machine')} of other hosts`;
  const sentence = `--make-room would place ${more} of those that stay: ${whose} would move out of the way.`;
  return warn('room.offer', sentence, 'Ask again with --make-room.');
}

/** That the option was given and nothing comes of it. */
export function noRoomMade(): Verdict {
  return warn('room.none', 'Moving machines of other hosts makes no room for what stays.', '');
}

function isRoom({ why }: Pick<PlannedMove, 'why'>): boolean {
  return why === 'room';
}

function askedIn({ moves }: Pick<MovePlan, 'moves'>): number {
  return moves.filter(({ why }) => why === 'asked').length;
}

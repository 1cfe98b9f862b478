import { inputWithin } from '../../../../../core/fabric/plan-within';
import { foldersOf } from '../../../../../core/moves/envelope';
import { newMoves } from '../../../../../core/moves/new-moves';
import { planInput } from '../../../../../core/moves/plan-drain';
import { roundsTime } from '../../../../../core/moves/rounds-time';
import { withRound } from '../../../../../core/moves/rounds';
import type { Problem } from '../../../../../core/problem';
import { lastMoment } from '../../../../../core/request/closing';
import { paceOf } from '../../../../../core/request/next';
import type { RequestRecord } from '../../../../../core/request/record';
import { untilOf } from '../../../../../core/request/window';
import { noAnswer } from '../../no-answer';
import { standstill } from '../../../standstill';
import { commit, endWith, noteTrouble, type HostEffectorParts } from '../../parts';
import { worldOf } from '../world';
import type { RoundTurn } from './round-turn';

/**
 * Begins a round, if its hosts can be emptied as everything is now, within what was approved, and the time that is left is long enough for them to
 * be emptied, serviced and filled again. Else the request ends here: a host that is half done at the end of its window helps nobody.
 */
export async function beginRound(
  parts: HostEffectorParts,
  record: RequestRecord,
  { ask, round }: RoundTurn,
): Promise<RequestRecord | null> {
  const envelope = record.plan?.hosts.envelope;
  if (!envelope) return null;
  // Planned when it may go on: not begun by then, its host is neither closed nor said to be emptied.
  const still = await standstill(parts, parts.rules.policy, record);
  if (still?.kind === 'held') return noteTrouble(parts, record, still.problem);
  const now = parts.clock.now();
  const until = untilOf(record, paceOf(parts.rules), now) ?? Infinity;
  const left = Math.min(lastMoment(record, 'endBy'), until) - now;
  const wanted = roundsTime(record, round);
  if (wanted > left) return stop(parts, record, tooLate(round.hosts, { wanted, left }));
  const hosts = await parts.hyperV.inventory(parts.settings.hosts);
  const silent = hosts.find(({ host, facts }) => facts === null && round.hosts.includes(host));
  if (silent) return noteTrouble(parts, record, noAnswer(silent.host, silent.silent?.message ?? ''));
  const to = envelope.destinations.filter((host) => !round.hosts.includes(host));
  const leaving = envelope.machines.filter(({ from }) => round.hosts.includes(from));
  const approved = {
    machines: leaving.map(({ id }) => id),
    destinations: to,
    delegations: [],
    settings: [],
    folders: foldersOf(leaving),
    // Only of those that it was chosen for: the others have no choice.
    shutDown: true,
  };
  const choices = Object.fromEntries(leaving.flatMap(({ id, first }) => (first ? [[id, first]] : [])));
  const world = { ...(await worldOf(parts, { ask, request: record.id })), choices };
  const input = inputWithin(planInput(hosts, world, ask), approved);
  const plan = await parts.planner.plan(input, { kind: 'drain', hosts: round.hosts, to });
  const [stuck] = plan.stuck;
  if (stuck) return stop(parts, record, noRoom(stuck));
  const allowed = new Map(leaving.map((each) => [each.id, each]));
  const moves = newMoves(
    plan.moves.map((move) => ({ ...move, first: allowed.get(move.machine)?.first ?? null })),
  );
  const begun = { ...round, leg: 'away' as const, begunAt: now };
  return commit(parts, record, {
    change: { rounds: withRound(record.rounds, begun), moves, remaining: null, replans: 0, trouble: null },
    what: 'round.begun',
    detail: { hosts: round.hosts.join(', '), machines: moves.length },
  });
}

/** What was carried out so far stays. */
function stop(
  parts: HostEffectorParts,
  record: RequestRecord,
  problem: Problem,
): Promise<RequestRecord | null> {
  const state = record.rounds.some(({ away }) => away > 0) ? ('partial' as const) : ('failed' as const);
  return endWith(parts, record, { state, problem });
}

function tooLate(hosts: readonly string[], { wanted, left }: { wanted: number; left: number }): Problem {
  const minutes = (ms: number): number => Math.max(0, Math.round(ms / 60_000));
  return {
    code: 'round.too-late',
    summary: `${hosts.join(', ')} was not begun: it takes about ${minutes(wanted)} min, and ${minutes(left)} min are left.`,
    remedy: 'Ask again for what is missing, with more time.',
  };
}

function noRoom({
  name,
  host,
  reasons,
}: {
  readonly name: string;
  readonly host: string;
  readonly reasons: readonly { readonly evidence: string; readonly fix: string }[];
}): Problem {
  const [first] = reasons;
  return {
    code: 'round.no-room',
    summary: `${host} was not begun, since it cannot be emptied now: ${name} would stay. ${first?.evidence ?? ''}`,
    remedy: first?.fix ?? 'Ask again for what is missing.',
  };
}

import type { HostPulse, PulseReading } from '../../../../../core/hyperv-port';
import { hasMoved, type MoveStep } from '../../../../../core/moves/move-step';
import { backMoves } from '../../../../../core/moves/back-moves';
import { hasBooted, isSameBoot } from '../../../../../core/moves/has-booted';
import type { HostUp, Round } from '../../../../../core/moves/round';
import { runOn, withRound } from '../../../../../core/moves/rounds';
import type { Problem } from '../../../../../core/problem';
import { touchesAsked } from '../../../../../core/policy/touches';
import { isStopped } from '../../../../../core/request/closing';
import { isSaidBack } from '../../../../../core/request/host-back';
import type { RequestRecord } from '../../../../../core/request/record';
import type { RoundTurn } from './round-turn';
import { commit, court, endWith, noteTrouble, type HostEffectorParts } from '../../parts';

/** A host as it is found, and what is wrong with it. */
interface Found {
  readonly up: HostUp;
  readonly ill: string | null;
}

/**
 * Looks whether hosts that were opened are up again and well: booted since, or said to be back by somebody who may, with Hyper-V's service, its port
 * for live migrations, and an answer to everything that is read of a host. Seen at two looks in a row, since updates boot a host more than once.
 */
export async function lookForHosts(
  parts: HostEffectorParts,
  record: RequestRecord,
  { ask, round }: RoundTurn,
): Promise<RequestRecord | null> {
  const readings = await parts.hyperV.pulse(round.hosts);
  const found: Found[] = [];
  for (const reading of readings) {
    const up = upAgain(parts, record, { ask, round, reading });
    if (up && reading.pulse) found.push(await judge(parts, up, reading.pulse));
  }
  const now = parts.clock.now();
  const ill = found.find((each) => each.ill !== null);
  if (ill?.ill && now - ill.up.upAt >= parts.rules.times.wellSeconds * 1_000) {
    return endWith(parts, record, { state: 'partial', problem: unwell(ill.up.host, ill.ill, round) });
  }
  const up = found.map((each) => each.up);
  const seenWell = up.filter(({ wellAt }) => wellAt !== null && wellAt < now);
  if (seenWell.length === round.hosts.length && !isStopped(record)) {
    return sendHome(parts, record, { ...round, up });
  }
  if (ill?.ill) {
    const marked = await noteUp(parts, record, { ...round, up });
    return marked && noteTrouble(parts, marked, comingUp(ill.up.host, ill.ill));
  }
  return noteUp(parts, record, { ...round, up });
}

/** A host that has booted since it was seen empty, or that somebody says is back; null: it is as it was, or not up. */
function upAgain(
  parts: HostEffectorParts,
  record: RequestRecord,
  { ask, round, reading: { host, pulse } }: RoundTurn & { reading: PulseReading },
): HostUp | null {
  if (!pulse || !round.before.some((each) => each.host === host)) return null;
  const { bootedAt, build } = pulse;
  const said = {
    round: record.rounds.indexOf(round),
    since: round.emptiedAt ?? 0,
    touches: touchesAsked(ask),
    court: court(parts),
  };
  if (!hasBooted(round, { host, bootedAt }) && !isSaidBack(record, said)) return null;
  const known = round.up.find((each) => each.host === host);
  return known && isSameBoot(known.bootedAt, bootedAt)
    ? known
    : { host, bootedAt, build, upAt: parts.clock.now(), wellAt: null };
}

/** One that was well, and waits for others, has all its time again when it is not. */
async function judge({ hyperV, clock }: HostEffectorParts, up: HostUp, pulse: HostPulse): Promise<Found> {
  const ill = illOf(pulse) ?? (await silenceOf(hyperV, up.host));
  if (ill === null) return { up: { ...up, wellAt: up.wellAt ?? clock.now() }, ill };
  return { up: { ...up, upAt: up.wellAt === null ? up.upAt : clock.now(), wellAt: null }, ill };
}

function illOf({ hasManagement, listens }: HostPulse): string | null {
  if (!hasManagement) return 'the Virtual Machine Management service (vmms) does not run there';
  return listens ? null : 'nothing listens there for live migrations, on TCP 6600';
}

async function silenceOf(hyperV: HostEffectorParts['hyperV'], host: string): Promise<string | null> {
  const [reading] = await hyperV.inventory([host]);
  return reading?.facts
    ? null
    : `Hyper-V does not answer there: ${reading?.silent.message ?? 'nothing was read'}`;
}

/** Records who has come up; the same record when that is known. */
async function noteUp(
  parts: HostEffectorParts,
  record: RequestRecord,
  round: Round,
): Promise<RequestRecord | null> {
  const before = record.rounds.find(({ hosts }) => hosts[0] === round.hosts[0])?.up ?? [];
  const isWell = round.up.every(({ wellAt }) => wellAt !== null);
  const isKnown = JSON.stringify(before) === JSON.stringify(round.up) && (!isWell || record.trouble === null);
  if (isKnown) return record;
  return commit(parts, record, {
    change: { rounds: withRound(record.rounds, round), ...(isWell && { trouble: null }) },
    what: 'round.up',
    detail: { hosts: round.up.map(({ host, wellAt }) => `${host}: ${wellAt === null ? 'up' : 'well'}`) },
  });
}

/** The way back of all that has left. */
async function sendHome(
  parts: HostEffectorParts,
  record: RequestRecord,
  round: Round,
): Promise<RequestRecord | null> {
  const moves = backMoves(record.moves.filter(hasMoved), record.plan?.hosts.envelope?.machines ?? []);
  const back = { ...round, leg: 'back' as const, backAt: parts.clock.now() };
  return commit(parts, record, {
    change: { rounds: withRound(record.rounds, back), moves, remaining: null, replans: 0, trouble: null },
    what: 'round.back',
    detail: {
      hosts: round.up.map(({ host, build }) => `${host}: build ${build}`),
      machines: moves.map(({ name }: MoveStep) => name),
    },
  });
}

function comingUp(host: string, ill: string): Problem {
  return {
    code: 'host.unwell',
    summary: `${host} is up, and not well yet: ${ill}.`,
    remedy: `Look at ${host}. It is looked at again by itself; if it stays so the request ends.`,
  };
}

function unwell(host: string, ill: string, { away }: Round): Problem {
  return {
    code: 'round.unwell',
    summary: `${host} has come up and is not well: ${ill}. ${runOn(away)}, and no further host was begun.`,
    remedy: `Put ${host} right, then bring its machines back: /hv return ${host}.`,
  };
}

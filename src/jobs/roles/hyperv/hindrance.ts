import type { Plan } from '../../../core/delegation/plan';
import { partDigest } from '../../../core/delegation/part-digest';
import type { SettingChange } from '../../../core/hyperv/host-settings';
import { isPreparation } from '../../../core/hyperv/prepare-hosts';
import { isBackOf } from '../../../core/hyperv/undo-hosts';
import { isMoveAsk, type MoveAsk, type PrepareAsk } from '../../../core/commands/ask';
import { isWithin, type WantedMove } from '../../../core/moves/envelope';
import { refuseEnvelope } from '../../../core/moves/refuse-envelope';
import { refuseSettings } from '../../../core/moves/refuse-settings';
import { touchesOf } from '../../../core/policy/touches';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { verifiedChoices } from '../../../core/request/choices';
import { othersTask, readIntake, refuseWarrant } from '../../../core/request/warrant';
import { fromOf, untilOf } from '../../../core/request/window';
import { paceOf } from '../../../core/request/next';
import { isPassing, NOT_YET } from '../passing';
import { observedKinds, observeOnly } from '../observe-only';
import type { Hindrance } from '../setbacks';
import { standstill } from '../standstill';
import { isHostAsk, type HostAsk } from './derive-hosts';
import { court, type HostEffectorParts } from './parts';
import { readUndone } from './undone';

/** The move that is about to be begun. `hasBegun`: hosts themselves show that another one of the plan was. */
interface BegunMove {
  readonly step: WantedMove;
  readonly hasBegun: boolean;
}

/**
 * Judges statements, times, policy and the hosts part, all from this worker's own keys, clock and rules, before every host. What the part
 * changes is derived again from the signed intake: each host asked for, each setting as asked, and nothing else. `isLook`: it is
 * only looked at what a person has set, which is no effect of this worker.
 */
export async function findHindrance(
  parts: HostEffectorParts,
  record: RequestRecord,
  {
    plan,
    isLook = false,
    move,
  }: { readonly plan: Plan; readonly isLook?: boolean; readonly move?: BegunMove },
): Promise<Hindrance | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) {
    return { kind: read.problem.code === 'clock.skew' ? 'held' : 'refused', problem: read.problem };
  }
  const { ask } = read;
  if (!isHostAsk(ask) && !isMoveAsk(ask)) return { kind: 'refused', problem: othersTask() };
  const still = isLook ? null : await standstill(parts, parts.rules.policy, record);
  if (still) return still;
  const problem = refuseMode(parts, plan) ?? (await refusePlan(parts, record, { ask, plan, isLook, move }));
  return problem && { kind: isPassing(problem, record, parts.clock.now()) ? 'held' : 'refused', problem };
}

/** The statements and their times, and the part of the plan that is this worker's. */
async function refusePlan(
  parts: HostEffectorParts,
  record: RequestRecord,
  { ask, plan, isLook, move }: Judged,
): Promise<Problem | null> {
  const hasWritten = plan.hosts.settings.some(({ host }) => parts.wrote.has(wroteKey(record, plan, host)));
  // A person's step may come until the approval ends.
  // Between two rounds nothing shows that there was one, and a later one begins when it can.
  const isInRounds = ask.verb === 'drain' && ask.returns !== null;
  const hasBegun = isLook || hasWritten || isInRounds || move?.hasBegun === true;
  // The directory has to converge before anything of it is of use to a host.
  const lateMs = plan.directory.changes.length > 0 ? parts.rules.times.convergenceSeconds * 1_000 : 0;
  // What is set first waits for no window.
  const isMoves = isMoveAsk(ask) && (move !== undefined || plan.hosts.settings.length === 0);
  const warrant = { ...court(parts), touches: touchesOf(plan), hasBegun, lateMs, isMoves };
  return (
    refuseWarrant(record, plan, warrant) ??
    (isMoveAsk(ask)
      ? (refuseMoves(parts, { ask, record, plan, step: move?.step ?? null }) ??
        (move ? refuseTime(parts, record) : null))
      : await refusePart(parts, plan, { ask, record }))
  );
}

interface Judged {
  readonly ask: HostAsk | MoveAsk;
  readonly plan: Plan;
  readonly isLook: boolean;
  readonly move: BegunMove | undefined;
}

/** Who carries it out is this worker's own mode to say, whatever the plan says. */
function refuseMode({ rules }: HostEffectorParts, plan: Plan): Problem | null {
  const observed = observedKinds(plan, rules.modes);
  if (observed.length > 0) return observeOnly(observed);
  const { hosts } = plan;
  if (hosts.settings.length === 0) return null;
  const mode = rules.modes['host-setting'];
  if (hosts.settings.every(({ by }) => by === (mode === 'act' ? 'worker' : 'hand'))) return null;
  return {
    code: 'mode.changed',
    summary: `The mode of host-setting is ${mode} by now, and the plan is of another one.`,
    remedy: 'Ask again: the new plan is made by the mode of now.',
  };
}

/** Names what this worker has set itself. */
export function wroteKey({ id }: RequestRecord, plan: Plan, host: string): string {
  return `${id}-${plan.number}-${partDigest(plan.hosts)} ${host}`;
}

/**
 * Whatever stands in the ledger, only hosts and settings that the signed intake asks for are ever set, and only to what it asks; of an undo
 * only to what was before in the approved plan of the request that it names.
 */
async function refusePart(
  parts: HostEffectorParts,
  { hosts, directory }: Plan,
  { ask, record }: { ask: HostAsk; record: RequestRecord },
): Promise<Problem | null> {
  const isKnown = hosts.settings.every(({ host }) => parts.settings.hosts.includes(host));
  if (!isKnown || directory.changes.length > 0) return altered();
  if (ask.verb === 'prepare') return isPrepared(hosts.settings, ask) ? null : altered();
  const read = await readUndone(parts, { ask, record });
  if ('problem' in read) return read.problem;
  return hosts.settings.every((change) => isBackOf(change, read.undone.settings)) ? null : altered();
}

function isPrepared(settings: readonly SettingChange[], ask: PrepareAsk): boolean {
  return settings.every(({ host, after }) => ask.hosts.includes(host) && isPreparation(after, ask));
}

function altered(): Problem {
  return {
    code: 'plan.altered',
    summary: 'The plan in the ledger sets what was not asked for.',
    remedy: 'Somebody may have written to Redis: look at the audit, then ask again.',
  };
}

/**
 * The envelope lies inside what was asked for and chosen and this worker's own hosts, and the move inside the envelope; what is set first is what moves need of
 * the envelope's hosts.
 */
function refuseMoves(
  parts: HostEffectorParts,
  { ask, record, plan, step }: { ask: MoveAsk; record: RequestRecord; plan: Plan; step: WantedMove | null },
): Problem | null {
  const said = ask.verb === 'drain' ? verifiedChoices(record, ask, court(parts)) : { words: [] };
  if ('problem' in said) return said.problem;
  const { envelope } = plan.hosts;
  const isOutside = !envelope || (step !== null && !isWithin(envelope, step));
  const why = isOutside
    ? 'The plan in the ledger moves what was not approved.'
    : (refuseEnvelope(envelope, ask, { hosts: parts.settings.hosts, words: said.words }) ??
      refuseSettings(plan.hosts.settings, ask, envelope));
  return why === null
    ? null
    : {
        code: 'plan.altered',
        summary: why,
        remedy: 'Somebody may have written to Redis: look at the audit, then ask again.',
      };
}

/** Whatever brought it here, no move begins outside of the window that was asked for, by this worker's own clock and zone. */
function refuseTime({ rules, clock }: HostEffectorParts, record: RequestRecord): Problem | null {
  const now = clock.now();
  const from = fromOf(record, rules.policy);
  const until = untilOf(record, paceOf(rules), now);
  if (from !== null && now < from) {
    return {
      code: NOT_YET,
      summary: 'The time from which machines may move has not come by this worker’s clock and zone.',
      remedy: 'It goes on by itself then.',
    };
  }
  if (until === null || now <= until) return null;
  return {
    code: 'window.over',
    summary: 'The time in which moves may begin is over.',
    remedy: 'Ask again for what is missing.',
  };
}

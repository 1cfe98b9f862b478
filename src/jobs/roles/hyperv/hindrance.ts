import type { Plan } from '../../../core/delegation/plan';
import { partDigest } from '../../../core/delegation/part-digest';
import { holds, type HostSettings, type SettingChange } from '../../../core/hyperv/host-settings';
import { wantedOf } from '../../../core/hyperv/prepare-hosts';
import { isBackOf } from '../../../core/hyperv/undo-hosts';
import type { PrepareAsk } from '../../../core/commands/ask';
import { touchesOf } from '../../../core/policy/touches';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { othersTask, readIntake, refuseWarrant } from '../../../core/request/warrant';
import { observeOnly } from '../observe-only';
import type { Hindrance } from '../setbacks';
import { standstill } from '../standstill';
import { isHostAsk, type HostAsk } from './derive-hosts';
import { court, type HostEffectorParts } from './parts';
import { readUndone } from './undone';

/**
 * Judges statements, times, policy and the hosts part, all from this worker's own keys, clock and rules, before every host. What the part
 * changes is derived again from the signed intake: each host asked for, each setting as asked, and nothing else. `isLook`: it is
 * only looked at what a person has set, which is no effect of this worker.
 */
export async function findHindrance(
  parts: HostEffectorParts,
  record: RequestRecord,
  { plan, isLook = false }: { readonly plan: Plan; readonly isLook?: boolean },
): Promise<Hindrance | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) {
    return { kind: read.problem.code === 'clock.skew' ? 'held' : 'refused', problem: read.problem };
  }
  const { ask } = read;
  if (!isHostAsk(ask)) return { kind: 'refused', problem: othersTask() };
  const still = isLook ? null : await standstill(parts, parts.rules.policy, record);
  if (still) return still;
  const hasWritten = plan.hosts.settings.some(({ host }) => parts.wrote.has(wroteKey(record, plan, host)));
  // A person's step may come until the approval ends.
  const hasBegun = isLook || hasWritten;
  const problem =
    refuseMode(parts, plan) ??
    refuseWarrant(record, plan, { ...court(parts), touches: touchesOf(plan), hasBegun }) ??
    (await refusePart(parts, plan, { ask, record }));
  return problem && { kind: problem.code === 'clock.skew' ? 'held' : 'refused', problem };
}

/** Who carries it out is this worker's own mode to say, whatever the plan says. */
function refuseMode({ rules }: HostEffectorParts, { hosts }: Plan): Problem | null {
  const mode = rules.modes['host-setting'];
  if (mode === 'observe') return observeOnly(['host-setting']);
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
  const wanted = wantedOf(ask);
  return settings.every(({ host, after }) => ask.hosts.includes(host) && isWithin(after, wanted));
}

function altered(): Problem {
  return {
    code: 'plan.altered',
    summary: 'The plan in the ledger sets what was not asked for.',
    remedy: 'Somebody may have written to Redis: look at the audit, then ask again.',
  };
}

function isWithin(after: HostSettings, wanted: HostSettings): boolean {
  return (
    holds(after, { ...wanted, networks: wanted.networks ?? [] }) &&
    Object.keys(after).every((name) => name in wanted)
  );
}

import type { Plan } from '../../../core/delegation/plan';
import { partDigest } from '../../../core/delegation/part-digest';
import type { HostFacts } from '../../../core/hyperv-port';
import { holds, type HostSettings, type SettingChange } from '../../../core/hyperv/host-settings';
import { wantedOf } from '../../../core/hyperv/prepare-hosts';
import type { PrepareAsk } from '../../../core/commands/ask';
import { touchesOf } from '../../../core/policy/touches';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { othersTask, readIntake, refuseWarrant } from '../../../core/request/warrant';
import type { Hindrance } from '../setbacks';
import { standstill } from '../standstill';
import { court, type HostEffectorParts } from './parts';

/**
 * Judges statements, times, policy and the hosts part, all from this worker's own keys, clock and rules, before every host. What the part
 * changes is derived again from the signed intake: each host asked for, each setting as asked, and nothing else. `hasBegun`: this worker
 * itself has set a host of the plan.
 */
export async function findHindrance(
  parts: HostEffectorParts,
  record: RequestRecord,
  plan: Plan,
): Promise<Hindrance | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) {
    return { kind: read.problem.code === 'clock.skew' ? 'held' : 'refused', problem: read.problem };
  }
  if (read.ask.verb !== 'prepare') return { kind: 'refused', problem: othersTask() };
  const still = await standstill(parts, parts.rules.policy, record);
  if (still) return still;
  const hasBegun = plan.hosts.settings.some(({ host }) => parts.wrote.has(wroteKey(record, plan, host)));
  const problem =
    refuseWarrant(record, plan, { ...court(parts), touches: touchesOf(plan), hasBegun }) ??
    refusePart(parts, plan, read.ask);
  return problem && { kind: problem.code === 'clock.skew' ? 'held' : 'refused', problem };
}

/** Names what this worker has set itself. */
export function wroteKey({ id }: RequestRecord, plan: Plan, host: string): string {
  return `${id}-${plan.number}-${partDigest(plan.hosts)} ${host}`;
}

/** How a host stands to its change: to be set, set already, or neither. */
export function lookAtHost(
  { migration }: HostFacts,
  { before, after }: SettingChange,
): 'before' | 'after' | 'other' {
  const now: HostSettings = { ...migration, networks: [...migration.networks] };
  if (holds(after, now)) return 'after';
  return holds(before, now) ? 'before' : 'other';
}

/** Whatever stands in the ledger, only hosts and settings that the signed intake asks for are ever set, and only to what it asks. */
function refusePart(
  { settings }: HostEffectorParts,
  { hosts, directory }: Plan,
  ask: PrepareAsk,
): Problem | null {
  const wanted = wantedOf(ask);
  const isAsked = hosts.settings.every(
    ({ host, after }) => ask.hosts.includes(host) && settings.hosts.includes(host) && isWithin(after, wanted),
  );
  if (isAsked && directory.changes.length === 0) return null;
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

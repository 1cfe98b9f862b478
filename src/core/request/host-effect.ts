import type { Plan } from '../delegation/plan';
import type { SettingChange } from '../hyperv/host-settings';
import type { HostStep, RequestRecord } from './record';

/**
 * Whether a request has set something of a host, or a person has for it, or it may have: nobody knows yet what was begun. Where a host was
 * overtaken meanwhile, that may be some of its settings only.
 */
export function hasSetHost({ intent, outcome }: HostStep): boolean {
  if (!outcome) return intent !== null;
  return outcome.kind === 'changed' || outcome.kind === 'by-hand' || outcome.inferred;
}

/** The journal of a plan's hosts before anything was begun. */
export function newHostSteps(plan: Pick<Plan, 'hosts'> | null): readonly HostStep[] {
  return (plan?.hosts.settings ?? []).map(({ host }) => ({ host, intent: null, outcome: null }));
}

/** What a request has set of hosts, or may have, by its journal. */
export function settingsDone({
  plan,
  hostSteps,
}: Pick<RequestRecord, 'plan' | 'hostSteps'>): readonly SettingChange[] {
  const set = new Set(hostSteps.filter(hasSetHost).map(({ host }) => host));
  return (plan?.hosts.settings ?? []).filter(({ host }) => set.has(host));
}

/** The hosts of a plan that have no outcome yet and are to be set so. */
export function hostsLeft(
  { plan, hostSteps }: Pick<RequestRecord, 'plan' | 'hostSteps'>,
  by: SettingChange['by'],
): readonly SettingChange[] {
  const over = new Set(hostSteps.filter(({ outcome }) => outcome).map(({ host }) => host));
  return (plan?.hosts.settings ?? []).filter((change) => change.by === by && !over.has(change.host));
}

import type { Problem } from '../problem';
import type { Person } from '../request/statement';
import { deniedPerson, refuseRequester, rulesFor, approversOf } from './rules';
import type { Policy } from './schema';
import { isAmongPeople } from './user-id';
import { openWindows } from './windows';

/** A word on a cordon: by whom, of which host, when (milliseconds since 1970). */
interface CordonSaid {
  readonly host: string;
  readonly by: Person;
  readonly at: number;
}

/**
 * Why this person may neither cordon a host nor end that, or null: whom `policy.cordon` names may, who may ask for moves to it or approve
 * them, and everybody while a maintenance window waives cordons. It is no change, so nobody has to approve it.
 */
export function refuseCordon(policy: Policy, { host, by, at }: CordonSaid): Problem | null {
  if (policy.deny?.includes(by.user)) return deniedPerson();
  const isWaived = openWindows(policy.maintenanceWindows, at).some(({ waives }) => waives.includes('cordon'));
  return isWaived || isAmongPeople(policy.cordon, by.user) || mayMove(policy, host, by) ? null : notAllowed();
}

/** Whether this person may cordon hosts, as far as that can be said without a host and a moment. */
export function mayCordon(policy: Policy, by: Person): boolean {
  if (policy.deny?.includes(by.user)) return false;
  return isAmongPeople(policy.cordon, by.user) || mayMove(policy, null, by);
}

function mayMove(policy: Policy, host: string | null, by: Person): boolean {
  const touches = [{ kind: 'live-move' as const, host }];
  const rules = rulesFor(policy, touches);
  const approves = rules.some(({ rule }) => approversOf(policy, rule).includes(by.user));
  return approves || refuseRequester(policy, touches, by) === null;
}

function notAllowed(): Problem {
  return {
    code: 'cordon.not-allowed',
    summary: 'You are not among those who may keep machines off a host, or let them on it again.',
    remedy: 'Ask somebody who may ask for moves, or the owner of handover.yaml to add you to policy.cordon.',
  };
}

import type { RequestRecord } from '../request/record';
import { isSamePerson, type Person } from '../request/statement';
import { mayRead } from './read';
import type { Policy } from './schema';
import { touchesOf } from './touches';
import { voters } from './votes';

/**
 * Whether a person may see a request that stands nowhere where the person looks: who asked, who may approve it, and who may see
 * the delegations of every host that it touches. Nobody else, and nobody who is denied everything.
 */
export function mayFollow(policy: Policy, by: Person, { intake, plan }: RequestRecord): boolean {
  if (policy.deny?.includes(by.user)) return false;
  if (isSamePerson(intake.statement.by, by)) return true;
  if (!plan) return false;
  const touches = touchesOf(plan);
  if (voters(policy, touches).includes(by.user)) return true;
  return (
    touches.length > 0 &&
    touches.every(({ host }) => host !== null && mayRead(policy, by, { surface: 'delegations', host }))
  );
}

import { touchesToDecide } from '../request/nothing-yet';
import type { RequestRecord } from '../request/record';
import { isSamePerson, type Person } from '../request/statement';
import { mayRead } from './read';
import type { Policy } from './schema';
import { voters } from './votes';

/**
 * Whether a person may see a request that stands nowhere where the person looks: who asked, who may approve it, and who may see
 * the delegations of every host that it touches. Nobody else, and nobody who is denied everything.
 */
export function mayFollow(policy: Policy, by: Person, record: RequestRecord): boolean {
  if (policy.deny?.includes(by.user)) return false;
  if (isSamePerson(record.intake.statement.by, by)) return true;
  const touches = touchesToDecide(record);
  if (voters(policy, touches).includes(by.user)) return true;
  return (
    touches.length > 0 &&
    touches.every(({ host }) => host !== null && mayRead(policy, by, { surface: 'delegations', host }))
  );
}

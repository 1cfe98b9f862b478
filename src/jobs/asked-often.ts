import { refuseTooMany } from '../core/policy/caps';
import type { Policy } from '../core/policy/schema';
import type { Ledger } from '../core/ports';
import type { Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import { listOpen } from './open-requests';
import { whoOf } from './statements';

const HOUR_MS = 3_600_000;

/** Why this person has asked for too much, or null; nothing is counted or read where there is no cap. */
export async function refuseOften(ledger: Ledger, policy: Policy, by: Person): Promise<Problem | null> {
  const { caps } = policy;
  const mine =
    caps?.openPerPerson === undefined ? null : await listOpen({ ledger, policy }, { which: 'mine', by });
  const open = mine ? mine.records.length + mine.more : 0;
  const counts = caps?.requestsPerHour !== undefined;
  const lately = counts ? await ledger.countWithin(`asked-${whoOf(by)}`, HOUR_MS) : 0;
  return refuseTooMany(policy, { open, lately });
}

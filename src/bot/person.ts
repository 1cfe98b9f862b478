import type { Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import type { Settings } from '../core/settings';

/** Whoever acted, from the payload's ids alone, or why that person is nobody to this bot. */
export function personOf(
  acted: { enterprise?: string | null | undefined; team?: string | null | undefined; user: string },
  { team, enterprise }: Settings['slack'],
): Person | { problem: Problem } {
  if (acted.team !== team || (acted.enterprise ?? null) !== enterprise) {
    const summary = 'You are not a member of the team that this bot serves.';
    return { problem: { code: 'person.foreign', summary, remedy: 'Ask somebody of that team.' } };
  }
  return { enterprise, team, user: acted.user };
}

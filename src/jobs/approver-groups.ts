import { groupsToAsk } from '../core/policy/approver-groups';
import type { Policy } from '../core/policy/schema';
import type { Queue } from '../core/ports';
import { Fault } from '../core/problem';
import { touchesToDecide } from '../core/request/nothing-yet';
import type { RequestRecord } from '../core/request/record';
import type { Told } from './roles/told';

/** A click is answered within 1.5 s, in milliseconds. */
const ANSWER_MS = 1_200;

/**
 * The approver groups that a person is in, as a directory worker reads it now; nobody is asked where no rule wants to know. Throws
 * Fault when no worker answers: then nobody approves by a group.
 */
export async function askApproverGroups(
  queue: Queue,
  policy: Policy,
  { record, user }: { record: RequestRecord; user: string },
): Promise<readonly string[]> {
  const groups = groupsToAsk(policy, touchesToDecide(record), user);
  if (groups.length === 0) return [];
  // SAFETY: a worker of the same program answers so; a forged answer is judged again by the worker before anything is written.
  const told = (await queue.ask('directory', { about: 'groups', user, groups }, ANSWER_MS)) as Told<
    readonly string[]
  >;
  if (told.ok) return told.answer;
  throw new Fault(told.fault);
}

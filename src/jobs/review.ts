import { rulesToVoteBy } from '../core/policy/votes';
import { touchesOf } from '../core/policy/touches';
import type { Clock, Ledger, Queue, Signer } from '../core/ports';
import type { Policy } from '../core/policy/schema';
import type { Problem } from '../core/problem';
import { refuseReviewer } from '../core/request/break-glass';
import { jobFor, type RequestRecord } from '../core/request/record';
import type { Person } from '../core/request/statement';
import { answer, unknownRequest } from './answer';
import { askApproverGroups } from './approver-groups';
import { entry, refusal, sign, type Answered } from './statements';
import { askUserGroups, type MemberOf } from './user-groups';

/** What can be said of a glass that was broken. Methods throw Fault. */
export interface ReviewClient {
  /** Whether a person may say how breaking the glass was. */
  mayReview(input: { id: string; by: Person; memberOf?: MemberOf }): Promise<Answered>;
  review(input: Reviewing & { id: string }): Promise<Answered>;
}

interface Parts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly settings: { readonly policy: Policy };
}

/** What somebody says who has looked at what was approved by breaking the glass. */
interface Reviewing {
  readonly by: Person;
  readonly memberOf?: MemberOf;
  readonly wasRight: boolean;
  readonly note: string;
}

/** The client of reviews. */
export function createReviewClient(parts: Parts): ReviewClient {
  return {
    async mayReview({ id, ...asking }) {
      const record = await parts.ledger.read(id);
      if (!record) return unknownRequest();
      const problem = await refuseReview(parts, record, asking);
      return problem ? refusal(record, problem) : { kind: 'recorded', record };
    },
    async review(input) {
      const answered = await answer(parts, input.id, (record) => sayReview(parts, record, input));
      // Nobody conducts what is over: its thread is to say so.
      if (answered.kind === 'recorded') await report(parts.queue, answered.record);
      return answered;
    },
  };
}

async function report(queue: Queue, record: RequestRecord): Promise<void> {
  await queue.put('reports', jobFor(record, 'report')).catch(() => undefined);
}

/** Why a person may not review a request, or null: only another approver of it may. */
async function refuseReview(
  parts: Parts,
  record: RequestRecord,
  { by, memberOf }: Pick<Reviewing, 'by' | 'memberOf'>,
): Promise<Problem | null> {
  const problem = refuseReviewer(record, by);
  if (problem || !record.plan) return problem;
  const { policy } = parts.settings;
  const groups = await askApproverGroups(parts.queue, policy, { record, user: by.user });
  const userGroups = await askUserGroups(policy, { record, user: by.user, memberOf });
  const people = { requester: record.intake.statement.by, approver: by, groups, userGroups };
  const voting = rulesToVoteBy(policy, touchesOf(record.plan), people);
  return 'problem' in voting ? voting.problem : null;
}

/** Says that a broken glass was reviewed. Signed, and in the request's chain; it changes nothing else. 'again': somebody else's word came first. */
async function sayReview(
  parts: Parts,
  record: RequestRecord,
  reviewing: Reviewing,
): Promise<Answered | 'again'> {
  const { by, wasRight, note } = reviewing;
  const problem = (await refuseReview(parts, record, reviewing)) ?? refuseNote(note);
  if (problem) return refusal(record, problem);
  const at = parts.clock.now();
  const said = { kind: 'review', intake: record.id, wasRight, note, by, at } as const;
  const committed = await parts.ledger.commit(
    record,
    { review: sign(parts.signer, said) },
    entry('review', by, { at, detail: { wasRight, note } }),
  );
  return committed ? { kind: 'recorded', record: committed } : 'again';
}

function refuseNote(note: string): Problem | null {
  if (note.trim() !== '') return null;
  return {
    code: 'review.note',
    summary: 'A review says what was looked at.',
    remedy: 'Write a sentence for those who read the audit.',
  };
}

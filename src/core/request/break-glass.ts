import { touchesOf, type Touch } from '../policy/touches';
import { rulesFor } from '../policy/rules';
import type { Policy } from '../policy/schema';
import { mayBreakGlass, ruleName, voters, type Tally } from '../policy/votes';
import type { Problem } from '../problem';
import { talliesOf } from './given-votes';
import type { RequestRecord } from './record';
import { isSamePerson, type Decision, type Person } from './statement';

/** Fewer characters than this are no reason. */
const SHORTEST_WHY = 10;

/** Why something is no reason to break the glass, or null. */
export function refuseWhy(why: string): Problem | null {
  if (why.trim().length >= SHORTEST_WHY) return null;
  return {
    code: 'glass.why',
    summary: `Breaking the glass needs a reason of at least ${SHORTEST_WHY} characters: others will read it.`,
    remedy: 'Say what happens if this waits for the other approvers.',
  };
}

/** The rules that miss more than one vote, and by which somebody might break the glass; by nobody where the policy names nobody. */
function breakable(
  policy: Policy,
  { touches, tallies }: { touches: readonly Touch[]; tallies: readonly Tally[] },
): readonly { readonly name: string; readonly people: readonly string[] }[] {
  const rules = new Map(rulesFor(policy, touches).map((applied) => [ruleName(applied), applied.rule]));
  return tallies
    .filter(({ isMet, wanted }) => !isMet && wanted > 1)
    .map(({ name, able, given }) => {
      const may = [...able, ...given.map(({ user }) => user)];
      return { name, people: may.filter((user) => mayBreakGlass(rules.get(name) ?? null, { user })) };
    })
    .filter(({ people }) => people.length > 0);
}

/** Why somebody who may approve by the rules `mine` may not break the glass for this plan, or null. */
export function refuseBreaking(
  policy: Policy,
  about: { touches: readonly Touch[]; tallies: readonly Tally[]; mine: readonly string[]; by: Person },
): Problem | null {
  const rules = breakable(policy, about).filter(({ name }) => about.mine.includes(name));
  if (rules.some(({ people }) => people.includes(about.by.user))) return null;
  return rules.length === 0
    ? {
        code: 'glass.not-needed',
        summary:
          'There is no glass to break: nothing that you may approve of it waits for more than one approver.',
        remedy: 'Press Approve, or ask the approvers that the card names.',
      }
    : {
        code: 'glass.not-allowed',
        summary: 'You are not among those who may break the glass for this.',
        remedy: 'Press Approve: it counts as one approval. Those who may are named in handover.yaml.',
      };
}

/** Whether somebody could approve alone what a record waits for, though it wants more. */
export function isBreakable(record: RequestRecord, policy: Policy): boolean {
  const { plan } = record;
  if (!plan || record.state !== 'waiting') return false;
  return breakable(policy, { touches: touchesOf(plan), tallies: talliesOf(record, plan, policy) }).length > 0;
}

/** The approval that broke the glass of the present plan, or null. */
export function brokenGlass({ decisions, plan }: Pick<RequestRecord, 'decisions' | 'plan'>): Decision | null {
  const broken = decisions
    .map(({ statement }) => statement)
    .filter(({ breaksGlass, verdict }) => breaksGlass && verdict === 'approve');
  return broken.findLast((decision) => decision.plan === plan?.number) ?? null;
}

/** Whether somebody has still to look at what was approved by breaking the glass: once the request is over. */
export function awaitsReview(
  record: Pick<RequestRecord, 'decisions' | 'plan' | 'ending' | 'review'>,
): boolean {
  return record.ending !== null && record.review === null && brokenGlass(record) !== null;
}

/** Why this person may not say how breaking the glass is to be judged, or null. Whether the person is an approver is asked elsewhere. */
export function refuseReviewer(record: RequestRecord, by: Person): Problem | null {
  const broken = brokenGlass(record);
  if (!broken || !awaitsReview(record)) {
    return {
      code: 'review.none',
      summary: record.review
        ? `${record.label} was reviewed already.`
        : `There is nothing to review: the glass of ${record.label} was not broken, or it is not over yet.`,
      remedy: 'Nothing is left to do.',
    };
  }
  const isOwn = isSamePerson(broken.by, by) || isSamePerson(record.intake.statement.by, by);
  if (!isOwn) return null;
  return {
    code: 'review.own',
    summary: 'You have asked for this or broken the glass for it, so somebody else has to review it.',
    remedy: 'Ask another approver.',
  };
}

/** Whether a person may review a request, as far as it is known without the directory. */
export function mayReview(policy: Policy, record: RequestRecord, by: Person): boolean {
  if (refuseReviewer(record, by) || !record.plan) return false;
  return voters(policy, touchesOf(record.plan)).includes(by.user);
}

import type { Problem } from '../problem';
import { isSamePerson, type Person } from '../request/statement';
import type { Rule } from './rule-schema';
import {
  approversOf,
  candidatesOf,
  deniedPerson,
  isDenied,
  ofGroup,
  rulesFor,
  type AppliedRule,
} from './rules';
import type { Policy } from './schema';
import type { Touch } from './touches';
import { userGroupOf } from './user-groups';
import { isWaivable, waivingWindow } from './waiver';

/** What a vote counts for: its person, the names of the rules that it says it is for, and whether it stands alone (break-glass). */
export interface Vote {
  readonly by: Person;
  readonly rules: readonly string[];
  readonly breaksGlass: boolean;
}

/** One rule that applies to a plan, how many distinct approvers it wants, who has approved by it, and who else could. */
export interface Tally {
  readonly name: string;
  readonly wanted: number;
  readonly given: readonly Person[];
  /** User ids of those who could still approve by this rule, without the requester and those who have. */
  readonly able: readonly string[];
  /** The Slack user group whose members could, too; who they are nobody knows before a click. */
  readonly userGroup: string | null;
  /** The maintenance window that waives it; null: none does. */
  readonly waivedBy: string | null;
  readonly isMet: boolean;
}

/** Somebody before a plan: who asked for it, who clicks, in which approver groups (DNs) the directory says that person is, and in which user groups Slack does. */
export interface Clicking {
  readonly requester: Person;
  readonly approver: Person;
  readonly groups?: readonly string[] | undefined;
  readonly userGroups?: readonly string[] | undefined;
}

/** A rule by a name that does not change: its kind of change, and the group whose hosts it is for. */
export function ruleName({ kind, group }: Pick<AppliedRule, 'kind' | 'group'>): string {
  return `${kind}${ofGroup(group)}`;
}

/**
 * The rules by which a person may approve a request of `requester`, by name; or why by none. Of a plan that several rules apply to
 * each needs its own approvers: who is an approver of one of them votes for that one, who is of all for all.
 */
export function rulesToVoteBy(
  policy: Policy,
  touches: readonly Touch[],
  { requester, approver, groups = [], userGroups = [] }: Clicking,
): { rules: readonly string[] } | { problem: Problem } {
  if (policy.deny?.includes(approver.user)) return { problem: deniedPerson() };
  // What a window waives is judged elsewhere: it clicks on nothing.
  if (waivingWindow(approver) !== null) return { problem: WAIVED };
  if (isSamePerson(requester, approver)) return { problem: SELF };
  const applied = rulesFor(policy, touches);
  const { user } = approver;
  const mine = applied.filter((each) => mayApproveBy(policy, each, { user, groups, userGroups }));
  if (mine.length > 0) return { rules: mine.map(ruleName) };
  const empty = applied.find(
    (each) =>
      !each.rule ||
      (each.rule.approvers.length === 0 &&
        each.rule.approverGroup === undefined &&
        userGroupOf(each) === null),
  );
  return { problem: empty ? noApprovers(empty) : notApprover(applied) };
}

/** Who asked, and what has been voted. */
interface Voted {
  readonly requester: Person;
  readonly votes: readonly Vote[];
}

/**
 * Why a plan can have nobody's approval: one of its rules can never have its quorum, and nothing is approved in part. Whoever may
 * vote may still deny it. What is waived needs nobody. Null: it can be approved.
 */
export function refuseUnreachable(
  policy: Policy,
  touches: readonly Touch[],
  { requester, votes }: Voted,
): Problem | null {
  for (const applied of rulesFor(policy, touches)) {
    if (applied.rule && waivedBy(applied, votes) !== null) continue;
    // How many are in a user group only Slack knows.
    if (userGroupOf(applied) !== null) continue;
    const able = candidatesOf(policy, applied.rule).filter((user) => user !== requester.user).length;
    const wanted = applied.rule?.quorum ?? 1;
    if (able < wanted) return able === 0 ? noApprovers(applied) : tooFewApprovers(applied, { able, wanted });
  }
  return null;
}

/** Every rule that applies with what it has of these votes. A vote that breaks the glass stands for a whole quorum of the rules that allow its person that. */
export function tally(
  policy: Policy,
  touches: readonly Touch[],
  { requester, votes }: Voted,
): readonly Tally[] {
  return rulesFor(policy, touches).map((applied) => {
    const { rule } = applied;
    const name = ruleName(applied);
    const counted = votes.filter(({ rules }) => rules.includes(name));
    const given = distinct(counted.map(({ by }) => by).filter((by) => waivingWindow(by) === null));
    const waived = waivedBy(applied, votes);
    const wanted = rule?.quorum ?? 1;
    const isBroken = counted.some(({ by, breaksGlass }) => breaksGlass && mayBreakGlass(rule, by));
    const able = candidatesOf(policy, rule).filter(
      (user) => user !== requester.user && !given.some((person) => person.user === user),
    );
    const isEnough = given.length >= wanted || isBroken || waived !== null;
    const userGroup = userGroupOf(applied);
    return { name, wanted, given, able, userGroup, waivedBy: waived, isMet: rule !== null && isEnough };
  });
}

/** The window whose vote stands for the quorum of a rule; never of a kind that no window may waive. */
function waivedBy(applied: AppliedRule, votes: readonly Vote[]): string | null {
  if (!isWaivable(applied.kind)) return null;
  const name = ruleName(applied);
  const waiver = votes.find(({ by, rules }) => waivingWindow(by) !== null && rules.includes(name));
  return waiver ? waivingWindow(waiver.by) : null;
}

/** Whether these votes approve a plan: every rule that applies to it has what it wants, and some rule does apply. */
export function isApproved(tallies: readonly Tally[]): boolean {
  return tallies.length > 0 && tallies.every(({ isMet }) => isMet);
}

/** Whether a rule lets a person approve alone what wants more approvers. It lowers a quorum, and never a guard. */
export function mayBreakGlass(rule: Rule | null, { user }: Pick<Person, 'user'>): boolean {
  return rule?.breakGlass?.includes(user) ?? false;
}

/** Everybody who may vote by at least one of the rules, as far as it is known without the directory. */
export function voters(policy: Policy, touches: readonly Touch[]): readonly string[] {
  return [...new Set(rulesFor(policy, touches).flatMap(({ rule }) => candidatesOf(policy, rule)))];
}

function mayApproveBy(
  policy: Policy,
  applied: AppliedRule,
  { user, groups, userGroups }: { user: string; groups: readonly string[]; userGroups: readonly string[] },
): boolean {
  const { rule } = applied;
  if (!rule || isDenied(policy, rule, user)) return false;
  const isMember = rule.approverGroup !== undefined && groups.includes(rule.approverGroup);
  const userGroup = userGroupOf(applied);
  const isInUserGroup = userGroup !== null && userGroups.includes(userGroup);
  return isMember || isInUserGroup || approversOf(policy, rule).includes(user);
}

function distinct(people: readonly Person[]): readonly Person[] {
  return people.filter((person, at) => people.findIndex((other) => isSamePerson(person, other)) === at);
}

const WAIVED: Problem = {
  code: 'decision.waived',
  summary: 'A maintenance window decides nothing by a click, and waives moves and cordons only.',
  remedy: 'Ask an approver.',
};

const SELF: Problem = {
  code: 'decision.self',
  summary: 'You asked for this yourself, so somebody else has to decide.',
  remedy: 'Ask another approver, or withdraw the request.',
};

function notApprover(applied: readonly AppliedRule[]): Problem {
  const names = applied.map(ruleName).join(', nor of a ');
  return {
    code: 'decision.not-approver',
    summary: `You are not among the approvers of a ${names}.`,
    remedy: 'Ask one of the approvers named in handover.yaml.',
  };
}

function noApprovers(applied: AppliedRule): Problem {
  return {
    code: 'decision.no-approvers',
    summary: `Nobody may approve a ${ruleName(applied)}: handover.yaml names no approver besides the requester.`,
    remedy: 'Name approvers in handover.yaml and restart bot and worker.',
  };
}

function tooFewApprovers(applied: AppliedRule, { able, wanted }: { able: number; wanted: number }): Problem {
  return {
    code: 'decision.no-approvers',
    summary: `A ${ruleName(applied)} needs ${wanted} distinct approvers, and handover.yaml names ${able} besides the requester.`,
    remedy: 'Name more approvers in handover.yaml, or a lower quorum, and restart bot and worker.',
  };
}

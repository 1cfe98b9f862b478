import { digest } from '../canonical';
import type { ChangeKind } from '../delegation/plan';
import type { Problem } from '../problem';
import { isSamePerson, type Person } from '../request/statement';
import { groupsOf } from './host-groups';
import type { KindRule, Rule } from './rule-schema';
import type { Policy } from './schema';
import type { Touch } from './touches';
import { isAmongPeople } from './user-id';

/** A rule that applies: of a kind of change, for the hosts of a group or (null) for those without a rule of their own. */
export interface AppliedRule {
  readonly kind: ChangeKind;
  readonly group: string | null;
  /** Null: there is none, and nobody may. */
  readonly rule: Rule | null;
}

/** Every rule that applies to these touches, each once, sorted; all of them hold. A host of several groups has the rules of all of them. */
export function rulesFor(policy: Policy, touches: readonly Touch[]): readonly AppliedRule[] {
  const found = new Map<string, AppliedRule>();
  for (const { kind, host } of touches) {
    const kindRule = policy[kind];
    const groups = host === null ? [] : groupsOf(policy.hostGroups, host);
    const named = groups.filter((group) => kindRule?.groups?.[group]);
    for (const group of named.length > 0 ? named : [null]) {
      found.set(`${kind} ${group ?? ''}`, { kind, group, rule: ruleOf(kindRule, group) });
    }
  }
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}

function ruleOf(kindRule: KindRule | undefined, group: string | null): Rule | null {
  if (!kindRule) return null;
  if (group !== null) return kindRule.groups?.[group] ?? null;
  const { groups: _, ...rule } = kindRule;
  return rule;
}

/** Hash of the rules that apply; a plan and its decisions carry it, so that bot and worker notice when their files differ in what matters to it. */
export function rulesHash(policy: Policy, touches: readonly Touch[]): string {
  return digest(rulesFor(policy, touches));
}

/** Why this person may not ask for these changes, or null. A kind without a rule allows nobody. */
export function refuseRequester(policy: Policy, touches: readonly Touch[], person: Person): Problem | null {
  if (policy.deny?.includes(person.user)) return deniedPerson();
  const known = touches.filter(({ host }) => host !== null);
  for (const applied of rulesFor(policy, known)) {
    if (!mayAsk(applied.rule, person)) return notRequester(applied);
  }
  // Of hosts that are not known yet: that some rule allows it is enough, until the plan names them.
  for (const { kind } of touches.filter(({ host }) => host === null)) {
    const rules = [policy[kind], ...Object.values(policy[kind]?.groups ?? {})];
    if (!rules.some((rule) => mayAsk(rule ?? null, person))) {
      return notRequester({ kind, group: null });
    }
  }
  return null;
}

function mayAsk(rule: Rule | null, { user }: Person): boolean {
  return rule !== null && !rule.denyRequesters?.includes(user) && isAmongPeople(rule.requesters, user);
}

function notRequester({ kind, group }: Pick<AppliedRule, 'kind' | 'group'>): Problem {
  return {
    code: 'request.not-allowed',
    summary: `You are not among those who may ask for a ${kind}${ofGroup(group)}.`,
    remedy: 'Ask the owner of handover.yaml to add you to its requesters.',
  };
}

/** Why this person may not approve or deny a request of `requester` for these changes, or null. */
export function refuseApprover(
  policy: Policy,
  touches: readonly Touch[],
  people: { requester: Person; approver: Person; groups?: readonly string[] | undefined },
): Problem | null {
  const { requester, approver, groups = [] } = people;
  if (policy.deny?.includes(approver.user)) return deniedPerson();
  // A window of the policy waives moves and cordons. What is ruled here is a directory write.
  if (approver.user.startsWith('rule:')) {
    return {
      code: 'decision.waived',
      summary: 'A maintenance window waives moves and cordons only; a directory write always needs a person.',
      remedy: 'Ask an approver.',
    };
  }
  if (isSamePerson(requester, approver)) {
    return {
      code: 'decision.self',
      summary: 'You asked for this yourself, so somebody else has to decide.',
      remedy: 'Ask another approver, or withdraw the request.',
    };
  }
  const applied = rulesFor(policy, touches);
  for (const each of applied) {
    const { rule } = each;
    if (!rule || (rule.approvers.length === 0 && rule.approverGroup === undefined)) return noApprovers(each);
    const isMember = rule.approverGroup !== undefined && groups.includes(rule.approverGroup);
    const mayByGroup = isMember && !isDenied(policy, rule, approver.user);
    if (!mayByGroup && !approversOf(policy, rule).includes(approver.user)) {
      return {
        code: 'decision.not-approver',
        summary: `You are not among the approvers of a ${each.kind}${ofGroup(each.group)}.`,
        remedy: 'Ask one of the approvers named in handover.yaml.',
      };
    }
  }
  return tooFewApprovers(policy, applied, requester);
}

/** Whether somebody is denied by a rule or everywhere, whoever names the person. */
export function isDenied(policy: Policy, rule: Rule, user: string): boolean {
  return [...(policy.deny ?? []), ...(rule.denyApprovers ?? [])].includes(user);
}

/** Everybody who might approve by a rule: those it names, and those with an account that may be in its group. */
export function candidatesOf(policy: Policy, rule: Rule | null): readonly string[] {
  if (!rule) return [];
  const linked = rule.approverGroup === undefined ? [] : Object.keys(policy.linkedAccounts ?? {});
  const named = approversOf(policy, rule);
  return [...new Set([...named, ...linked])].filter((user) => !isDenied(policy, rule, user));
}

/** The people whom a rule lets approve: those it names and nothing denies. */
export function approversOf(policy: Policy, rule: Rule | null): readonly string[] {
  return rule ? [...new Set(rule.approvers)].filter((user) => !isDenied(policy, rule, user)) : [];
}

/** The people who may approve whatever all of these rules are about, as far as it is known without the directory. */
export function commonApprovers(policy: Policy, applied: readonly AppliedRule[]): readonly string[] {
  const [first = [], ...others] = applied.map(({ rule }) => candidatesOf(policy, rule));
  return first.filter((user) => others.every((list) => list.includes(user)));
}

/** A plan that can never have its quorum is approved by nobody, not even in part. */
function tooFewApprovers(policy: Policy, applied: readonly AppliedRule[], requester: Person): Problem | null {
  const able = commonApprovers(policy, applied).filter((user) => user !== requester.user).length;
  const wanted = strictest(applied);
  if (able >= wanted) return null;
  return {
    code: 'decision.no-approvers',
    summary: `This needs ${wanted} distinct approvers, and handover.yaml names ${able} besides the requester.`,
    remedy: 'Name more approvers in handover.yaml, or a lower quorum, and restart bot and worker.',
  };
}

function noApprovers({ kind, group }: AppliedRule): Problem {
  return {
    code: 'decision.no-approvers',
    summary: `Nobody may approve a ${kind}${ofGroup(group)}: its list of approvers is empty.`,
    remedy: 'Name approvers in handover.yaml and restart bot and worker.',
  };
}

/** Why somebody on the deny list may not. */
export function deniedPerson(): Problem {
  return {
    code: 'person.denied',
    summary: 'You are on the deny list of handover.yaml, which wins over every rule.',
    remedy: 'Ask the owner of handover.yaml.',
  };
}

function ofGroup(group: string | null): string {
  return group === null ? '' : ` of hosts in ${group}`;
}

/** How many distinct approvers the strictest of the rules wants. */
export function quorumOf(policy: Policy, touches: readonly Touch[]): number {
  return strictest(rulesFor(policy, touches));
}

/** How long the most urgent of the rules lets a request wait for decisions, in seconds; null: none says. */
export function decideSecondsOf(policy: Policy, touches: readonly Touch[]): number | null {
  const said = rulesFor(policy, touches).flatMap(({ rule }) => rule?.decideSeconds ?? []);
  return said.length === 0 ? null : Math.min(...said);
}

function strictest(applied: readonly AppliedRule[]): number {
  return Math.max(1, ...applied.map(({ rule }) => rule?.quorum ?? 1));
}

import { digest } from '../canonical';
import type { AnyKind } from '../delegation/plan';
import type { Problem } from '../problem';
import type { Person } from '../request/statement';
import { groupsOf } from './host-groups';
import type { KindRule, Rule } from './rule-schema';
import type { Policy } from './schema';
import type { Touch } from './touches';
import { isAmongPeople } from './user-id';

/** A rule that applies: of a kind of change, for the hosts of a group or (null) for those without a rule of their own. */
export interface AppliedRule {
  readonly kind: AnyKind;
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

/** Why somebody on the deny list may not. */
export function deniedPerson(): Problem {
  return {
    code: 'person.denied',
    summary: 'You are on the deny list of handover.yaml, which wins over every rule.',
    remedy: 'Ask the owner of handover.yaml.',
  };
}

/** Names the hosts that a rule is for. */
export function ofGroup(group: string | null): string {
  return group === null ? '' : ` of hosts in ${group}`;
}

/** How long the most urgent of the rules lets a request wait for decisions, in seconds; null: none says. */
export function decideSecondsOf(policy: Policy, touches: readonly Touch[]): number | null {
  const said = rulesFor(policy, touches).flatMap(({ rule }) => rule?.decideSeconds ?? []);
  return said.length === 0 ? null : Math.min(...said);
}

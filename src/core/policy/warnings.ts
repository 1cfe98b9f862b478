import type { SettingsFlaw } from '../settings-errors';
import type { Rule } from './rule-schema';
import { candidatesOf, rulesFor, type AppliedRule } from './rules';
import { isMoveKind, KINDS } from './kinds';
import { userGroupOf } from './user-groups';
import type { Policy } from './schema';

/** What a policy allows to be written and will not do what its writer hopes: rules that nobody can satisfy, groups without a use. */
export function policyWarnings(policy: Policy): readonly SettingsFlaw[] {
  return [...KINDS.flatMap((kind) => ofKind(policy, kind)), ...unusedGroups(policy)];
}

function ofKind(policy: Policy, kind: (typeof KINDS)[number]): readonly SettingsFlaw[] {
  const kindRule = policy[kind];
  if (!kindRule) return [];
  const own = Object.entries(kindRule.groups ?? {}).map(([group, rule]) => ({ kind, group, rule }));
  return [...rulesFor(policy, [{ kind, host: null }]), ...own].flatMap((applied) => ofRule(policy, applied));
}

function ofRule(policy: Policy, { kind, group, rule }: AppliedRule): readonly SettingsFlaw[] {
  if (!rule) return [];
  const path = group === null ? [kind] : [kind, 'groups', group];
  const able = candidatesOf(policy, rule);
  const asks =
    rule.requesters === 'anyone'
      ? able
      : rule.requesters.filter(
          (user) => ![...(policy.deny ?? []), ...(rule.denyRequesters ?? [])].includes(user),
        );
  const flaws: SettingsFlaw[] = [];
  if (rule.requesters !== 'anyone' && asks.length === 0) {
    flaws.push({
      path: [...path, 'requesters'],
      message: 'nobody may ask for this',
      remedy: 'Name requesters who are not denied, or write anyone.',
    });
  }
  // How many are in a user group only Slack knows.
  const isOpen = userGroupOf({ kind, rule }) !== null;
  if (able.length < rule.quorum && !isOpen) {
    const count = able.length === 0 ? 'nobody' : `only ${able.length}`;
    flaws.push({
      path: [...path, 'approvers'],
      message: `${rule.quorum} distinct approvers are wanted and ${count} may approve, so nobody can have this approved${exceptIn(policy, kind)}`,
      remedy: 'Name more approvers who are not denied, or lower the quorum.',
    });
  } else if (able.length === rule.quorum && !isOpen && asks.some((user) => able.includes(user))) {
    flaws.push({
      path: [...path, 'approvers'],
      message: `an approver who asks for this leaves fewer than ${rule.quorum} others, so nobody can have it approved then`,
      remedy: 'Name one approver more.',
    });
  }
  return [...flaws, ...ofGroupAndGlass({ kind, rule, path, able })];
}

/** Where a window waives a kind, its rule may name nobody on purpose. */
function exceptIn({ maintenanceWindows }: Policy, kind: string): string {
  const waiving = (maintenanceWindows ?? []).filter(({ waives }) => waives.some((each) => each === kind));
  const names = [...new Set(waiving.map(({ name }) => name))];
  return names.length === 0 ? '' : ` outside of ${names.join(' and ')}`;
}

function ofGroupAndGlass({
  kind,
  rule,
  path,
  able,
}: {
  readonly kind: AppliedRule['kind'];
  readonly rule: Rule;
  readonly path: readonly string[];
  readonly able: readonly string[];
}): readonly SettingsFlaw[] {
  const flaws: SettingsFlaw[] = [];
  const isOfHosts = kind === 'host-setting' || kind === 'shutdown' || isMoveKind(kind);
  if (isOfHosts && rule.approverGroup !== undefined) {
    flaws.push({
      path: [...path, 'approverGroup'],
      message: 'the Windows worker reads no directory, so nobody can approve this by a group',
      remedy:
        kind === 'host-setting' || kind === 'shutdown'
          ? 'Name approvers by their user ids.'
          : 'Name approvers by their user ids, or a Slack user group (approverUserGroup).',
    });
  }
  const idle = (rule.breakGlass ?? []).filter((user) => !able.includes(user));
  if (idle.length > 0) {
    flaws.push({
      path: [...path, 'breakGlass'],
      message: `${idle.join(', ')} may not approve by this rule, so neither break its glass`,
      remedy: 'Name them among the approvers too, or take them out.',
    });
  }
  if (rule.breakGlass && rule.quorum === 1) {
    flaws.push({
      path: [...path, 'breakGlass'],
      message: 'one approval is enough for this, so there is no glass to break',
      remedy: 'Take breakGlass out, or raise the quorum.',
    });
  }
  return flaws;
}

function unusedGroups(policy: Policy): readonly SettingsFlaw[] {
  const used = new Set<string>([
    ...KINDS.flatMap((kind) => Object.keys(policy[kind]?.groups ?? {})),
    ...Object.values(policy.read ?? {}).flatMap((access) =>
      typeof access === 'string' || access === undefined
        ? []
        : access.flatMap((grant) => (typeof grant === 'string' ? [] : (grant.hosts ?? []))),
    ),
  ]);
  return Object.keys(policy.hostGroups ?? {})
    .filter((name) => !used.has(name))
    .map((name) => ({
      path: ['hostGroups', name],
      message: 'no rule and no read right names this group',
      remedy: 'Remove it, or give it a rule.',
    }));
}

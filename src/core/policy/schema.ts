import { z } from 'zod';
import { Caps } from './caps-schema';
import { Dn } from './dn';
import { HighRisk } from './high-risk';
import { HostGroups } from './host-groups';
import { ReadRights } from './read-schema';
import { KindRule, MoveKindRule } from './rule-schema';
import { Tickets } from './ticket-schema';
import { KINDS } from './kinds';
import { People, UserGroupId, UserId } from './user-id';
import { FreezeWindows, MaintenanceWindows, TimeZone } from './windows';

/**
 * Who may do and see what. A kind of change, and a surface, that is not named allows nobody; who is in `deny` may do nothing,
 * whatever else names them.
 */
export const Policy = z
  .strictObject({
    /** Names for hosts, for rules and read rights of their own. */
    hostGroups: HostGroups.optional(),
    /** These people may neither ask, decide nor read. */
    deny: z.array(UserId).optional(),
    /** Whose directory account is whose, for rules with an approver group: Slack user id → DN. */
    linkedAccounts: z.record(UserId, Dn).optional(),
    'delegation-add': KindRule.optional(),
    'delegation-remove': KindRule.optional(),
    'trust-mode': KindRule.optional(),
    'host-setting': KindRule.optional(),
    /** Moving a machine to another host, running or not. */
    'live-move': MoveKindRule.optional(),
    /** Copying the disks of a machine, with it or alone. */
    'storage-move': MoveKindRule.optional(),
    /** Shutting a machine down, or saving it, so that it can move; no window waives it. */
    shutdown: KindRule.optional(),
    /** Who may cordon hosts and end that, beside those who may ask for moves or approve them. */
    cordon: People.optional(),
    read: ReadRights.optional(),
    /** Whom an escalation calls: user ids, or a Slack user group. */
    oncall: z.array(UserId).or(UserGroupId).optional(),
    tickets: Tickets.optional(),
    caps: Caps.optional(),
    highRisk: HighRisk.optional(),
    freezeWindows: FreezeWindows.optional(),
    maintenanceWindows: MaintenanceWindows.optional(),
    /** The zone of times in commands, such as --at "Sat 02:00"; UTC where nothing is said. */
    timeZone: TimeZone.optional(),
  })
  .check(({ value, issues }) => {
    for (const { path, name } of namedGroups(value)) {
      if (value.hostGroups && Object.hasOwn(value.hostGroups, name)) continue;
      const known = Object.keys(value.hostGroups ?? {}).join(', ') || 'none';
      const message = `no host group is called ${name}; policy.hostGroups has: ${known}`;
      issues.push({ code: 'custom', input: name, path, message });
    }
  });
export type Policy = z.infer<typeof Policy>;

/** Every place that names a host group: a rule for a group that does not exist would never hold. */
function namedGroups(policy: Policy): readonly { path: (string | number)[]; name: string }[] {
  const ofRules = KINDS.flatMap((kind) =>
    Object.keys(policy[kind]?.groups ?? {}).map((name) => ({ path: [kind, 'groups', name], name })),
  );
  const ofGrants = Object.entries(policy.read ?? {}).flatMap(([surface, access]) =>
    access === undefined || typeof access === 'string'
      ? []
      : access.flatMap((grant, at) =>
          typeof grant === 'string'
            ? []
            : (grant.hosts ?? []).map((name, of) => ({ path: ['read', surface, at, 'hosts', of], name })),
        ),
  );
  return [...ofRules, ...ofGrants];
}

import { z } from 'zod';
import { GroupName } from './host-groups';
import { Dn } from './dn';
import { People, UserGroupId, UserId } from './user-id';

/** Who may ask for one kind of change, and who may approve it. Empty lists allow nobody; who is denied is allowed nothing. */
const Rule = z.strictObject({
  requesters: People,
  approvers: z.array(UserId),
  /** A directory group whose members may approve too: those whose account is linked, enabled and in it, as the worker reads. */
  approverGroup: Dn.optional(),
  /** Only of moves: who is in a Slack user group no worker can look up. */
  approverUserGroup: z
    .never('a Slack user group may approve live-move and storage-move only; name people, or an approverGroup')
    .optional(),
  /** Distinct approvers that must approve. */
  quorum: z.number().int().min(1).max(5).default(1),
  /** Approvers that may, in an emergency and with a reason, approve alone what wants more of them. It is told to everybody, and reviewed. */
  breakGlass: z.array(UserId).optional(),
  denyRequesters: z.array(UserId).optional(),
  denyApprovers: z.array(UserId).optional(),
  /** How long a request waits for decisions, in seconds; else `times.decideSeconds`. */
  decideSeconds: z.number().int().positive().optional(),
});

/** The rule of moves: members of a Slack user group may approve them as well, by the bot's word. */
const MoveRule = Rule.extend({ approverUserGroup: UserGroupId.optional() });
export type Rule = z.infer<typeof MoveRule>;

/** The rule of a kind of change: for hosts of a group with a rule of its own that one, for all others this one. */
export const KindRule = Rule.extend({ groups: z.record(GroupName, Rule).optional() });
export const MoveKindRule = MoveRule.extend({ groups: z.record(GroupName, MoveRule).optional() });
export type KindRule = z.infer<typeof MoveKindRule>;

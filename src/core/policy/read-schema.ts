import { z } from 'zod';
import { GroupName } from './host-groups';
import { People, UserId } from './user-id';

/** Some people see some hosts; without `hosts` all of them. */
const Grant = z.strictObject({ people: People, hosts: z.array(GroupName).optional() });

const Access = z.union([z.literal('anyone'), z.array(UserId), z.array(Grant).min(1)]);
export type Access = z.infer<typeof Access>;

/** Who may see what. A surface that is not named is seen by nobody. */
export const ReadRights = z.strictObject({
  /** `/hv findings`, and the findings at Home. */
  findings: Access.optional(),
  /** `/hv delegations`, and the existing values in forms. */
  delegations: Access.optional(),
  /** `/hv hosts`, and the hosts at Home. */
  hosts: Access.optional(),
  /** `/hv audit`. */
  audit: Access.optional(),
  /** Names in did-you-mean and typeahead. */
  suggestions: Access.optional(),
});
export type ReadRights = z.infer<typeof ReadRights>;

/** What can be read. */
export type Surface = keyof ReadRights;

import type { Problem } from '../problem';
import type { Person } from '../request/statement';
import { groupsOf } from './host-groups';
import type { Access, Surface } from './read-schema';
import type { Policy } from './schema';
import { isAmongPeople } from './user-id';

export type { Surface } from './read-schema';

/** A surface, or what it says of one host. */
export interface Sight {
  readonly surface: Surface;
  readonly host?: string;
}

/**
 * Whether a person may see a surface, or what it says of one host; without a host: whether anything of it. What nobody has
 * granted is seen by nobody, and who is denied everything sees nothing.
 */
export function mayRead(policy: Policy, { user }: Person, { surface, host }: Sight): boolean {
  if (policy.deny?.includes(user)) return false;
  const access = policy.read?.[surface];
  const grants = access === undefined ? [] : grantsOf(access);
  const theirs = grants.filter(({ people }) => isAmongPeople(people, user));
  if (host === undefined) return theirs.length > 0;
  const groups = groupsOf(policy.hostGroups, host);
  return theirs.some(({ hosts }) => hosts === undefined || hosts.some((each) => groups.includes(each)));
}

/** Why a person may not see a surface, or null. */
export function refuseReader(policy: Policy, person: Person, sight: Sight): Problem | null {
  if (mayRead(policy, person, sight)) return null;
  const { surface, host } = sight;
  const what = host === undefined ? SURFACES[surface] : `${SURFACES[surface]} of ${host}`;
  return {
    code: 'read.not-allowed',
    summary: `You are not among those who may see ${what}.`,
    remedy: `Ask the owner of handover.yaml to add you to policy.read.${surface}.`,
  };
}

const SURFACES: Readonly<Record<Surface, string>> = {
  findings: 'the findings',
  delegations: 'the delegations',
  hosts: 'the hosts',
  audit: 'the audit',
  suggestions: 'suggestions',
};

interface Granted {
  readonly people: Parameters<typeof isAmongPeople>[0];
  readonly hosts?: readonly string[] | undefined;
}

function grantsOf(access: Access): readonly Granted[] {
  if (access === 'anyone') return [{ people: 'anyone' }];
  const people = access.filter((each) => typeof each === 'string');
  const grants = access.filter((each) => typeof each !== 'string');
  return people.length > 0 ? [{ people }, ...grants] : grants;
}

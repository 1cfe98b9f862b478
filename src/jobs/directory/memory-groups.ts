import { isSameDn } from '../../core/delegation/distinguished-name';
import type { Group } from '../../core/delegation/observation';
import { invariant } from '../../core/problem';
import type { SurveyedObject } from '../../core/survey/survey';
import { inOrder } from '../../core/survey/grouping';

/** An object of a domain in memory, with its objectSid as text. */
export type Principal = Pick<SurveyedObject, 'dn' | 'memberOf' | 'primaryGroupId'> & { readonly sid: string };

/** What the SIDs of the domain begin with; what follows is the RID. */
export const DOMAIN_SID = 'S-1-5-21-1004336348-1177238915-682003330';

/** Primary groups that every domain has, so that nobody need make them (MS-DTYP 2.4.2.4). */
const PRIMARY_GROUPS: Readonly<Record<number, string>> = {
  515: 'Domain Computers',
  516: 'Domain Controllers',
};

/** Every group that the object is in, as tokenGroups has them: its primary group, those that list it, and all that list one of these. */
export function groupsIn(domain: readonly Principal[], object: Principal): readonly Group[] {
  const groups = new Map<string, Principal>();
  const waiting = [primaryGroupOf(domain, object), ...listing(domain, object)];
  for (let group = waiting.pop(); group; group = waiting.pop()) {
    if (groups.has(group.sid)) continue;
    groups.set(group.sid, group);
    waiting.push(...listing(domain, group));
  }
  return inOrder([...groups.values()], ({ sid }) => sid).map(({ sid, dn }) => ({ sid, dn }));
}

function listing(domain: readonly Principal[], { memberOf }: Principal): readonly Principal[] {
  return memberOf.map((name) => {
    const group = domain.find(({ dn }) => isSameDn(dn, name));
    invariant(group !== undefined, 'a group that has members is an object');
    return group;
  });
}

function primaryGroupOf(domain: readonly Principal[], { dn, primaryGroupId }: Principal): Principal {
  const sid = `${DOMAIN_SID}-${primaryGroupId}`;
  const made = domain.find((each) => each.sid === sid);
  if (made) return made;
  const name = PRIMARY_GROUPS[primaryGroupId];
  invariant(name !== undefined, 'a primary group is an object');
  return { sid, dn: `CN=${name},CN=Users,${dn.slice(dn.search(/DC=/i))}`, memberOf: [], primaryGroupId: 0 };
}

import { EqualityFilter, ExtensibleFilter, OrFilter, PresenceFilter, type Entry, type Filter } from 'ldapts';

import { ACCOUNT_BITS } from '../../core/delegation/account-control';
import { isWithin } from '../../core/delegation/distinguished-name';
import { sortValues } from '../../core/delegation/values';
import { Fault } from '../../core/problem';
import { inOrder } from '../../core/survey/grouping';
import type { Survey, SurveyedObject } from '../../core/survey/survey';
import { spnsToResolve } from '../../core/survey/to-resolve';

import { computerAttributes, toComputer, valuesOf } from './computer-entry';
import { holdersOfAll } from './holder-search';
import type { LdapSession } from './ldap-session';
import type { Bases } from './observe';

const ACTING = 'msDS-AllowedToActOnBehalfOfOtherIdentity';

/**
 * What a survey reads of an object: of groups only those that list it. tokenGroups is worked out object by object, a whole domain's
 * would keep a domain controller busy for long; before a plan it is read of the hosts that the plan is about.
 */
const surveyAttributes = {
  attributes: [...computerAttributes.attributes, ACTING],
  // A security descriptor is no text.
  explicitBufferAttributes: [...computerAttributes.explicitBufferAttributes, ACTING],
};

/** Active Directory gives at most 1,000 objects in one answer (MaxPageSize); pages of half of that leave its memory alone. */
const PAGE_SIZE = 500;

/** Domain Controllers, Read-only Domain Controllers, Enterprise Read-only Domain Controllers (MS-DTYP 2.4.2.4). */
const CONTROLLER_GROUPS = ['516', '521', '498'];

/** Reads the whole domain's delegation, all on one session: one server, one bind. */
export async function surveyDomain(
  session: LdapSession,
  { baseDn, searchBases }: Bases,
): Promise<Omit<Survey, 'at'>> {
  const outermost = searchBases.filter(
    (base) => !searchBases.some((other) => other !== base && isWithin(base, other) && !isWithin(other, base)),
  );
  const computers = new EqualityFilter({ attribute: 'objectCategory', value: 'computer' });
  const read = (base: string, filter: Filter) =>
    session.search(base, { ...surveyAttributes, scope: 'sub', filter, paged: { pageSize: PAGE_SIZE } });
  const telling: Entry[] = [...(await read(baseDn, tellingFilter()))];
  // One after the other: a domain controller keeps few paged searches of one connection (MaxResultSetsPerConn).
  for (const base of outermost) telling.push(...(await unlessMissing(read(base, computers))));
  const seen = gather(telling);
  const spns = spnsToResolve(seen.objects, searchBases);
  const { holdings, entries } = await holdersOfAll(session, spns, { baseDn, ...surveyAttributes });
  const all = gather([...telling, ...entries]);
  return { server: session.server, ...all, holdings };
}

/** Everything in the domain that delegates, is delegated to by resource, is trusted without limits, or is a domain controller. */
function tellingFilter(): Filter {
  return new OrFilter({
    filters: [
      new PresenceFilter({ attribute: 'msDS-AllowedToDelegateTo' }),
      new PresenceFilter({ attribute: ACTING }),
      bitFilter(ACCOUNT_BITS.unconstrained),
      bitFilter(ACCOUNT_BITS.domainController),
      bitFilter(ACCOUNT_BITS.readOnlyController),
      ...CONTROLLER_GROUPS.map((value) => new EqualityFilter({ attribute: 'primaryGroupID', value })),
    ],
  });
}

/** LDAP_MATCHING_RULE_BIT_AND (MS-ADTS 3.1.1.3.4.4.1). */
function bitFilter(bit: number): Filter {
  const rule = '1.2.840.113556.1.4.803';
  return new ExtensibleFilter({ matchType: 'userAccountControl', rule, value: String(bit) });
}

/** Each object once, in one order. What cannot be read whole is named, so that one odd object does not hide all others. */
function gather(entries: readonly Entry[]): Pick<Survey, 'objects' | 'unread'> {
  const objects = new Map<string, SurveyedObject>();
  const unread = new Set<string>();
  for (const entry of entries) {
    try {
      const object = { ...toComputer(entry), actedOnBehalf: valuesOf(entry, ACTING).length > 0 };
      objects.set(object.guid, object);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'directory.unreadable') throw error;
      unread.add(entry.dn);
    }
  }
  return { objects: inOrder([...objects.values()], ({ guid }) => guid), unread: sortValues([...unread]) };
}

/** A search base that does not exist holds nothing; guards say so when somebody asks for a host. */
async function unlessMissing(read: Promise<readonly Entry[]>): Promise<readonly Entry[]> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Fault && error.code === 'directory.base-missing') return [];
    throw error;
  }
}

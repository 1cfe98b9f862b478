import { hasBit } from '../../core/delegation/account-control';
import { isWithin } from '../../core/delegation/distinguished-name';
import { isController } from '../../core/delegation/guards/reach';
import { isAmong, sortValues } from '../../core/delegation/values';
import { groupBy, inOrder } from '../../core/survey/grouping';
import type { Survey, SurveyedObject } from '../../core/survey/survey';
import { spnsToResolve } from '../../core/survey/to-resolve';

import { equalityKey } from './directory-equality';
import type { Bases } from './observe';

/** What a survey of these objects reads: the same objects and holders as over LDAP. Nothing here is ever unreadable. */
export function surveyObjects(
  domain: readonly SurveyedObject[],
  { baseDn, searchBases }: Bases,
): Pick<Survey, 'objects' | 'holdings' | 'unread'> {
  const all = inOrder(
    domain.filter(({ dn }) => isWithin(dn, baseDn)),
    ({ guid }) => guid,
  ).map(sorted);
  const isInBases = ({ dn, objectClasses }: SurveyedObject): boolean =>
    isAmong(objectClasses, 'computer') && searchBases.some((base) => isWithin(dn, base));
  const seen = all.filter((object) => isInBases(object) || isTelling(object));
  const held = groupBy(
    all.flatMap((object) => [...new Set(object.spns.map(equalityKey))].map((key) => ({ object, key }))),
    ({ key }) => key,
  );
  const holdings = spnsToResolve(seen, searchBases).map((spn) => {
    const holders = held.get(equalityKey(spn)) ?? [];
    return { spn, holders: holders.map(({ object: { guid, name, dn } }) => ({ guid, name, dn })) };
  });
  const holders = holdings.flatMap((holding) => holding.holders);
  const surveyed = new Set([...seen, ...holders].map(({ guid }) => guid));
  return { objects: all.filter(({ guid }) => surveyed.has(guid)), holdings, unread: [] };
}

function isTelling(object: SurveyedObject): boolean {
  return (
    object.allowedToDelegateTo.length > 0 ||
    object.actedOnBehalf ||
    hasBit(object.userAccountControl, 'unconstrained') ||
    isController(object)
  );
}

function sorted(object: SurveyedObject): SurveyedObject {
  return {
    ...object,
    spns: sortValues(object.spns),
    allowedToDelegateTo: sortValues(object.allowedToDelegateTo),
    memberOf: sortValues(object.memberOf),
  };
}

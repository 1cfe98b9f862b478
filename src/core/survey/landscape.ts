import type { Service } from '../commands/ask';
import { hasBit } from '../delegation/account-control';
import { isWithin } from '../delegation/distinguished-name';
import { SERVICE_CLASSES } from '../delegation/spn';
import { foldCase, isSameText, sortValues } from '../delegation/values';
import { readSpn } from './delegated-spn';
import type { Survey, SurveyedObject } from './survey';

/** One value of one object's list, and what it means. */
export interface Delegated {
  readonly source: SurveyedObject;
  /** As it is stored. */
  readonly value: string;
  readonly serviceClass: string;
  /** Null for a class that live migration does not need. */
  readonly service: Service | null;
  /** The host in it, folded; empty when the value is no SPN. */
  readonly host: string;
  /** Who the KDC may take it for: one is as it should be, none is a ghost. */
  readonly owners: readonly SurveyedObject[];
  /** Which of the owner's names it uses; `other` is an alias, a former name or nobody's. */
  readonly form: 'short' | 'fqdn' | 'other';
  /** The label of the request that wrote it, null when none of ours did. */
  readonly origin: string | null;
}

/** What the Delegation tab would call an object: the choice that is ticked there. */
export type TrustMode = 'none' | 'unconstrained' | 'kerberos-only' | 'any-protocol';

/** Which request of ours wrote a value: `originKey` → label. */
export type Origins = ReadonlyMap<string, string>;

/** A survey with everything joined that it tells. */
export interface Landscape {
  readonly survey: Survey;
  readonly delegated: readonly Delegated[];
  isInBases(object: SurveyedObject): boolean;
  /** Every surveyed object that holds the SPN by its own text. */
  holdersOf(spn: string): readonly SurveyedObject[];
}

/** Names one value of one object. Letter case does not count, neither to the KDC nor here. */
export function originKey(guid: string, value: string): string {
  return `${foldCase(guid)} ${foldCase(value)}`;
}

/** The choice on the Delegation tab. */
export function trustOf(object: SurveyedObject): TrustMode {
  if (hasBit(object.userAccountControl, 'unconstrained')) return 'unconstrained';
  if (hasBit(object.userAccountControl, 'anyProtocol')) return 'any-protocol';
  return object.allowedToDelegateTo.length > 0 ? 'kerberos-only' : 'none';
}

/** Joins values, owners and origins. A value that an object holds in two spellings counts once. */
export function readLandscape(
  survey: Survey,
  { searchBases, origins }: { searchBases: readonly string[]; origins: Origins },
): Landscape {
  const objects = new Map(survey.objects.map((object) => [object.guid, object]));
  const holdings = new Map(survey.holdings.map(({ spn, holders }) => [foldCase(spn), holders]));
  const within = new Set(
    survey.objects.filter(({ dn }) => searchBases.some((base) => isWithin(dn, base))).map(({ guid }) => guid),
  );
  const holdersOf = (spn: string): readonly SurveyedObject[] =>
    (holdings.get(foldCase(spn)) ?? []).flatMap(({ guid }) => objects.get(guid) ?? []);
  const meaningOf = (source: SurveyedObject, value: string): Delegated => {
    const { serviceClass, host, viaHost } = readSpn(value);
    const explicit = holdersOf(value);
    // An explicit holder always wins, as it does in the KDC.
    const owners = explicit.length > 0 || viaHost === null ? explicit : holdersOf(viaHost);
    const origin = origins.get(originKey(source.guid, value)) ?? null;
    const service =
      SERVICE_CLASSES.find((each) => isSameText(each.serviceClass, serviceClass))?.service ?? null;
    return { source, value, serviceClass, service, host, owners, form: formOf(host, owners), origin };
  };
  return {
    survey,
    delegated: survey.objects.flatMap((source) =>
      distinctValues(source.allowedToDelegateTo).map((value) => meaningOf(source, value)),
    ),
    isInBases: ({ guid }) => within.has(guid),
    holdersOf,
  };
}

function formOf(host: string, [owner]: readonly SurveyedObject[]): Delegated['form'] {
  if (!owner) return 'other';
  if (host === owner.name) return 'short';
  return owner.dnsHostName !== null && host === foldCase(owner.dnsHostName) ? 'fqdn' : 'other';
}

function distinctValues(values: readonly string[]): readonly string[] {
  return [...new Map(sortValues(values).map((value) => [foldCase(value), value])).values()];
}

import type { Service } from '../commands/ask';
import { splitSpn } from '../delegation/spn';
import { sortValues } from '../delegation/values';
import { labelOf } from './delegated-spn';
import { groupBy, inOrder } from './grouping';
import {
  readLandscape,
  trustOf,
  type Delegated,
  type Landscape,
  type Origins,
  type TrustMode,
} from './landscape';
import type { Survey, SurveyedObject } from './survey';
import { isHyperVHost } from './to-resolve';

/** One line of the Delegation tab: a service of one host, under whichever of the host's names. */
export interface DelegationRow {
  /** The service class in its stored spelling. */
  readonly serviceType: string;
  /** The account that owns the service; what the value says when nobody or several own it. */
  readonly host: string;
  readonly ownerGuid: string | null;
  readonly owner: 'one' | 'nobody' | 'several';
  /** By which names, in this order: `other` is an alias or a former name. */
  readonly names: readonly ('short' | 'fqdn' | 'other')[];
  /** The raw values, sorted; `origin` is the label of the request that wrote it, null when none of ours did. */
  readonly values: readonly { readonly value: string; readonly origin: string | null }[];
}

/** What one object may delegate to, as its Delegation tab presents it. */
export interface SourceDelegations {
  readonly guid: string;
  readonly name: string;
  readonly dn: string;
  readonly trust: TrustMode;
  readonly isInBases: boolean;
  readonly rows: readonly DelegationRow[];
}

/** Under which names of the destination a service is delegated; live migration asks for both. */
export type NameForms = 'none' | 'short' | 'fqdn' | 'both';

/** One cell of the pairwise matrix that is not empty. */
interface Link {
  readonly source: string;
  readonly destination: string;
  readonly cifs: NameForms;
  readonly migration: NameForms;
}

/** The delegation of a domain as people look at it; all lists sorted. */
export interface Delegations {
  readonly server: string;
  readonly at: number;
  readonly unread: readonly string[];
  /** Every surveyed object, those that delegate nothing included. */
  readonly sources: readonly SourceDelegations[];
  /** Rows and columns of the matrix: the hosts of the search bases that take part or could. */
  readonly hosts: readonly string[];
  /** Ordered pairs of `hosts`; one that is missing has neither service. */
  readonly links: readonly Link[];
}

/** Reads a survey as the Delegation tabs of all its objects, and as one matrix. */
export function delegationsOf(
  survey: Survey,
  context: { searchBases: readonly string[]; origins: Origins },
): Delegations {
  const landscape = readLandscape(survey, context);
  const bySource = groupBy(landscape.delegated, ({ source }) => source.guid);
  const sources = survey.objects.map((object) =>
    sourceOf(landscape, object, bySource.get(object.guid) ?? []),
  );
  return {
    server: survey.server,
    at: survey.at,
    unread: survey.unread,
    sources: inOrder(sources, ({ name, guid }) => `${name} ${guid}`),
    hosts: sortValues([...new Set(participants(landscape).map(({ name }) => name))]),
    links: linksOf(landscape),
  };
}

function sourceOf(
  landscape: Landscape,
  object: SurveyedObject,
  delegated: readonly Delegated[],
): SourceDelegations {
  const { guid, name, dn } = object;
  const groups = groupBy(delegated, (each) => `${each.serviceClass} ${targetKey(each)}`);
  const rows = [...groups.values()].flatMap((group) => rowOf(group) ?? []);
  const isInBases = landscape.isInBases(object);
  return {
    guid,
    name,
    dn,
    trust: trustOf(object),
    isInBases,
    rows: inOrder(rows, (row) => `${row.host} ${row.serviceType} ${row.ownerGuid ?? ''}`),
  };
}

/** Values that mean the same host: by its owner, or by the first label when nobody or several own it. */
function targetKey({ owners, host }: Delegated): string {
  const [owner, ...others] = owners;
  return owner && others.length === 0 ? owner.guid : `${owners.length} ${labelOf(host)}`;
}

function rowOf(group: readonly Delegated[]): DelegationRow | null {
  const sorted = inOrder(group, ({ value }) => value);
  const [first] = sorted;
  if (!first) return null;
  const [owner, ...others] = first.owners;
  const isOne = owner !== undefined && others.length === 0;
  const forms = new Set(sorted.map(shownForm));
  return {
    serviceType: splitSpn(first.value)?.serviceClass ?? first.value,
    host: isOne ? owner.name : labelOf(first.host),
    ownerGuid: isOne ? owner.guid : null,
    owner: isOne ? 'one' : owner ? 'several' : 'nobody',
    names: (['short', 'fqdn', 'other'] as const).filter((form) => forms.has(form)),
    values: sorted.map(({ value, origin }) => ({ value, origin })),
  };
}

/** A name that nobody answers to is short or full by its looks, as on the tab. */
function shownForm({ form, owners, host }: Delegated): Delegated['form'] {
  if (owners.length === 1) return form;
  return host.includes('.') ? 'fqdn' : 'short';
}

function participants(landscape: Landscape): readonly SurveyedObject[] {
  const named = new Set(
    landscape.delegated.flatMap(({ source, owners }) => [source.guid, ...owners.map(({ guid }) => guid)]),
  );
  return landscape.survey.objects.filter(
    (object) => landscape.isInBases(object) && (isHyperVHost(object) || named.has(object.guid)),
  );
}

function linksOf(landscape: Landscape): readonly Link[] {
  const between = landscape.delegated.filter(
    ({ source, service, owners, form }) =>
      service !== null &&
      form !== 'other' &&
      owners.length === 1 &&
      [source, ...owners].every((object) => landscape.isInBases(object)),
  );
  const pairs = groupBy(between, ({ source, owners }) => `${source.guid} ${owners[0]?.guid ?? ''}`);
  const nameOf = ([guids, pair]: readonly [string, readonly Delegated[]]): string =>
    `${pair[0]?.source.name ?? ''} ${pair[0]?.owners[0]?.name ?? ''} ${guids}`;
  return inOrder([...pairs], nameOf).map(([, pair]) => ({
    source: pair[0]?.source.name ?? '',
    destination: pair[0]?.owners[0]?.name ?? '',
    cifs: formsOf(pair, 'cifs'),
    migration: formsOf(pair, 'migration'),
  }));
}

/** Under which names a service is among these values, all of one source and one destination. */
export function formsOf(pair: readonly Delegated[], service: Service): NameForms {
  const has = (form: Delegated['form']): boolean =>
    pair.some((each) => each.service === service && each.form === form);
  if (has('short') && has('fqdn')) return 'both';
  if (has('short')) return 'short';
  return has('fqdn') ? 'fqdn' : 'none';
}

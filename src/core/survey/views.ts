import type { HostName } from '../commands/ask';
import { isSameDn } from '../delegation/distinguished-name';
import { foldCase, isSameText } from '../delegation/values';
import { readSpn } from './delegated-spn';
import type { DelegationRow, Delegations, SourceDelegations } from './delegations';
import type { Survey } from './survey';

/** One source of an overview, in figures. */
interface SourceFigures {
  readonly name: string;
  readonly trust: SourceDelegations['trust'];
  readonly isInBases: boolean;
  readonly values: number;
  readonly notOurs: number;
  /** Values that nobody owns. */
  readonly ghosts: number;
  /** The raw attribute, only where it was asked for. */
  readonly raw: readonly string[];
}

/** The whole domain at a glance: figures per source, and the matrix. */
export type DelegationOverview = Pick<Delegations, 'server' | 'at' | 'unread' | 'hosts' | 'links'> & {
  readonly sources: readonly SourceFigures[];
};

/** One host: what it may delegate to, and who may delegate to it. */
export interface HostDelegations {
  readonly server: string;
  readonly at: number;
  /** As it was asked for; for a host that no longer exists there is nothing else. */
  readonly name: string;
  readonly host: SourceDelegations | null;
  readonly incoming: readonly { readonly source: string; readonly rows: readonly DelegationRow[] }[];
}

/** Counts instead of rows, so that an answer about a whole domain stays small. */
export function overviewOf(
  { sources, ...rest }: Delegations,
  options: { withRaw: boolean },
): DelegationOverview {
  const shown = sources.filter(({ rows, trust }) => rows.length > 0 || trust === 'unconstrained');
  const figures = shown.map(({ name, trust, isInBases, rows }) => {
    const values = rows.flatMap((row) => row.values);
    return {
      name,
      trust,
      isInBases,
      values: values.length,
      notOurs: values.filter(({ origin }) => origin === null).length,
      ghosts: rows.filter(({ owner }) => owner === 'nobody').flatMap((row) => row.values).length,
      raw: options.withRaw ? values.map(({ value }) => value) : [],
    };
  });
  return { ...rest, sources: figures };
}

/** The part of it that is about one host, by exact name. Null when no surveyed object and no delegated value has that name. */
export function hostViewOf(
  delegations: Delegations,
  survey: Survey,
  asked: HostName,
): HostDelegations | null {
  const object = survey.objects.find((each) => isCalled(each, asked));
  const own = delegations.sources.find(({ guid }) => guid === object?.guid);
  const isAbout = (row: DelegationRow): boolean =>
    object
      ? row.ownerGuid === object.guid
      : row.owner !== 'one' && row.values.some(({ value }) => names(value, asked));
  const incoming = delegations.sources
    .map((source) => ({ source: source.name, rows: source.rows.filter(isAbout) }))
    .filter(({ rows }) => rows.length > 0);
  if (!own && incoming.length === 0) return null;
  const { server, at } = delegations;
  return { server, at, name: own?.name ?? asked.text, host: own ?? null, incoming };
}

function isCalled(object: Survey['objects'][number], { kind, text }: HostName): boolean {
  switch (kind) {
    case 'short':
      return isSameText(object.samAccountName, `${text}$`);
    case 'fqdn':
      return object.dnsHostName !== null && isSameText(object.dnsHostName, text);
    case 'dn':
      return isSameDn(object.dn, text);
    case 'guid':
      return isSameText(object.guid, text);
  }
}

function names(value: string, { text }: HostName): boolean {
  const { host } = readSpn(value);
  return host === foldCase(text) || host.startsWith(`${foldCase(text)}.`);
}

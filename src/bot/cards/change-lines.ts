import type { DirectoryChange } from '../../core/delegation/plan';
import { grouped } from '../../core/delegation/grouped';
import { hostLabelOf, SERVICE_CLASSES, splitSpn } from '../../core/delegation/spn';
import { isAmong } from '../../core/delegation/values';
import { clip, counted } from './text';

/** More kept values than this become a number. */
const KEPT_SHOWN = 5;
/** The longest that a plan adds: a service class of 42 characters, a slash and a DNS name of 253. */
const LONGEST_VALUE = 300;
/** So many hosts in a line that it stays below 700 characters. */
const HOSTS_A_LINE = 35;

/** One object's change, each value on a line of its own. */
export function exactLines(change: DirectoryChange): readonly string[] {
  // What changes comes first: a long text that has to be cut must not lose what is approved.
  return [
    `${change.attribute} of ${clip(change.name, 60)} (${clip(change.dn, 300)})`,
    ...change.add.map((value) => `+  ${spelled(value)}`),
    ...change.remove.map((value) => `−  ${spelled(value)}`),
    ...keptLines(change),
  ];
}

/**
 * The same, with the four, or two, values of a host in few words, as `SHORT_FORM` explains; a value that does not follow
 * that rule to the letter is written out. Nothing is left away: the values can be told from the lines.
 */
export function shortLines(change: DirectoryChange): readonly string[] {
  const isAdding = change.kind === 'delegation-add';
  const lines = valueLines(isAdding ? change.add : change.remove);
  const kept = change.after.length - change.add.length;
  return [
    `${clip(change.name, 60)} (${clip(change.dn, 300)})`,
    ...lines.map((line) => `${isAdding ? '+' : '−'}  ${line}`),
    ...(kept > 0 ? [`=  ${counted(kept, 'other value')} ${kept === 1 ? 'stays' : 'stay'}`] : []),
  ];
}

/** How `shortLines` are to be read. */
export const SHORT_FORM =
  'Values of msDS-AllowedToDelegateTo. “cifs of X in D” is cifs/X and cifs/X.D; “migration of X in D” is the same two of ' +
  'Microsoft Virtual System Migration Service.';

/** Whether every value of a change is shown to its end. */
export function isSpelledWhole({ add, remove }: Pick<DirectoryChange, 'add' | 'remove'>): boolean {
  return [...add, ...remove].every((value) => quoted(value).length <= LONGEST_VALUE);
}

/** Hosts of one domain that have the same services share a line, as long as it does not become too long. */
function valueLines(values: readonly string[]): readonly string[] {
  const hosts = grouped(values, hostLabelOf).map((of) => shortenedHost(of));
  const shared = grouped(
    hosts.filter(({ services }) => services !== ''),
    ({ services, domain }) => `${services} ${domain}`,
  );
  return [
    ...shared.flatMap((group) => pagesOf(group, HOSTS_A_LINE).map((page) => sharedLine(page))),
    ...hosts.flatMap(({ others }) => others).map(spelled),
  ];
}

interface ShortenedHost {
  readonly label: string;
  /** `cifs`, `migration`, `cifs and migration`; empty when no values follow the rule. */
  readonly services: string;
  readonly domain: string;
  /** The values that do not. */
  readonly others: readonly string[];
}

function shortenedHost(values: readonly string[]): ShortenedHost {
  const label = hostLabelOf(values[0] ?? '');
  const domain = domainOf(values, label);
  const covered = SERVICE_CLASSES.map(({ service, serviceClass }) => ({
    service,
    both: [`${serviceClass}/${label}`, `${serviceClass}/${label}.${domain}`],
  })).filter(({ both }) => domain !== '' && both.every((value) => values.includes(value)));
  const known = new Set(covered.flatMap(({ both }) => both));
  return {
    label,
    domain,
    services: covered.map(({ service }) => service).join(' and '),
    others: values.filter((value) => !known.has(value)),
  };
}

/** The domain that the first full name of a host has; none where it could not be told from the words of a line. */
function domainOf(values: readonly string[], label: string): string {
  const name = values
    .map((value) => splitSpn(value)?.host ?? '')
    .find((host) => host.startsWith(`${label}.`));
  const domain = name?.slice(label.length + 1) ?? '';
  return /^[a-z0-9_-]+$/.test(label) && /^[a-z0-9.-]+$/.test(domain) ? domain : '';
}

function sharedLine(hosts: readonly ShortenedHost[]): string {
  const { services, domain } = hosts[0] ?? { services: '', domain: '' };
  return `${services} of ${hosts.map(({ label }) => label).join(', ')} in ${domain}`;
}

function pagesOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, page) => items.slice(page * size, (page + 1) * size));
}

/** A value as it is, or quoted where it could be taken for a line of the short form, for another value, or for two. */
function spelled(value: string): string {
  return clip(quoted(value), LONGEST_VALUE);
}

function quoted(value: string): string {
  const isOdd = !value.includes('/') || /[\p{C}\p{Zl}\p{Zp}"]|^ | $/u.test(value);
  if (!isOdd) return value;
  // What cannot be seen, or turns the text round it, becomes an escape.
  return JSON.stringify(value).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (unseen) =>
    unseen
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function keptLines({ after, add }: DirectoryChange): readonly string[] {
  const kept = after.filter((value) => !isAmong(add, value));
  return kept.length > KEPT_SHOWN
    ? [`=  ${counted(kept.length, 'other value')} stay`]
    : kept.map((value) => `=  ${clip(value, 100)}`);
}

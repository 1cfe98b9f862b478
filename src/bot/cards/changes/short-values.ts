import type { Service } from '../../../core/commands/ask';
import { grouped } from '../../../core/delegation/grouped';
import { hostLabelOf, SERVICE_CLASSES, splitSpn } from '../../../core/delegation/spn';
import { nameLines } from '../names';
import { clip, visible } from '../text';

/** The longest that a plan adds: a service class of 42 characters, a slash and a DNS name of 253. */
const LONGEST_VALUE = 300;

/** How `valueLines` are to be read. */
export const SHORT_FORM =
  'Values of msDS-AllowedToDelegateTo. “cifs of X in D” is cifs/X and cifs/X.D; “migration of X in D” is the same two of ' +
  'Microsoft Virtual System Migration Service.';

/** All values of services of a host: of each the short name and the full one, spelled alike. */
export interface HostServices {
  /** The short name as it is spelled. */
  readonly label: string;
  /** In canonical order, at least one. */
  readonly services: readonly Service[];
  readonly domain: string;
}

/** Values in few words: those that follow the rule of `SHORT_FORM` to the letter, and the others. */
export interface ShortValues {
  readonly hosts: readonly HostServices[];
  readonly others: readonly string[];
}

/** What the values are of. Nothing is lost: `valuesOfHost` of each host and the others are the values. */
export function shortValues(values: readonly string[]): ShortValues {
  const hosts = grouped(values, hostLabelOf).map((group) => shortenedHost(group));
  return {
    hosts: hosts.flatMap(({ host }) => host ?? []),
    others: hosts.flatMap(({ others }) => others),
  };
}

/** The values that these services of the host are. */
export function valuesOfHost({ label, services, domain }: HostServices): readonly string[] {
  return SERVICE_CLASSES.filter(({ service }) => services.includes(service)).flatMap(({ serviceClass }) => [
    `${serviceClass}/${label}`,
    `${serviceClass}/${label}.${domain}`,
  ]);
}

/** Hosts of one domain that have the same services share a line, as long as it does not become too long; names as ranges. */
export function valueLines(values: readonly string[]): readonly string[] {
  const { hosts, others } = shortValues(values);
  return [
    ...alike(hosts).flatMap((group) =>
      nameLines(group.map(({ label }) => label)).map((names) => hostsLine(group[0], names)),
    ),
    ...others.map(spelled),
  ];
}

/** The hosts with the same services in the same domain together. */
export function alike(hosts: readonly HostServices[]): readonly (readonly HostServices[])[] {
  return grouped(hosts, ({ services, domain }) => `${services.join()} ${domain}`);
}

/** Whether every value can be shown to its end. */
export function areSpelledWhole(values: readonly string[]): boolean {
  return values.every((value) => quoted(value).length <= LONGEST_VALUE);
}

/** A value as it is, or quoted where it could be taken for a line of the short form, for another value, or for two. */
export function spelled(value: string): string {
  return clip(quoted(value), LONGEST_VALUE);
}

function shortenedHost(values: readonly string[]): {
  readonly host: HostServices | null;
  readonly others: readonly string[];
} {
  const { label, domain } = fullNameIn(values);
  const there = new Set(values);
  const services = SERVICE_CLASSES.map(({ service }) => service).filter(
    (service) =>
      domain !== '' && valuesOfHost({ label, services: [service], domain }).every((each) => there.has(each)),
  );
  const host = { label, services, domain };
  const known = new Set(valuesOfHost(host));
  return {
    host: services.length === 0 ? null : host,
    others: values.filter((value) => !known.has(value)),
  };
}

/** The first full name among values of one host; no domain where it could not be told from the words of a line. */
function fullNameIn(values: readonly string[]): { readonly label: string; readonly domain: string } {
  for (const value of values) {
    const [, label, domain] = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9.-]+)$/.exec(splitSpn(value)?.host ?? '') ?? [];
    if (label !== undefined && domain !== undefined) return { label, domain };
  }
  return { label: '', domain: '' };
}

/** A line of the short form about these hosts. */
export function hostsLine(like: HostServices | undefined, hosts: string): string {
  return `${like?.services.join(' and ') ?? ''} of ${hosts} in ${like?.domain ?? ''}`;
}

/** A value as it is, or as JSON where it could be taken for something else; never cut. */
export function quoted(value: string): string {
  const isOdd = !value.includes('/') || /[\p{C}\p{Zl}\p{Zp}"]|^ | $/u.test(value);
  return isOdd ? visible(JSON.stringify(value)) : value;
}

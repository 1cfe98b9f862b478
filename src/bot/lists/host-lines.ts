import { SERVICE_CLASSES } from '../../core/delegation/spn';
import { isSameText } from '../../core/delegation/values';
import type { DelegationRow, SourceDelegations } from '../../core/survey/delegations';
import type { HostDelegations } from '../../core/survey/views';
import { cell } from './table';

/** The choice on the Delegation tab, in its own words. */
export const TRUST_WORDS: Readonly<Record<SourceDelegations['trust'], string>> = {
  none: 'not trusted for delegation',
  unconstrained: 'delegation to ANY service (unconstrained)',
  'kerberos-only': 'specified services only, Kerberos only',
  'any-protocol': 'specified services only, any authentication protocol',
};

const OWNERS: Readonly<Record<DelegationRow['owner'], string>> = {
  one: '',
  nobody: '  nobody owns it',
  several: '  several own it',
};

/** What a host may delegate to, host by host, and after that who may delegate to it. */
export function hostLines(
  rows: readonly DelegationRow[],
  incoming: HostDelegations['incoming'],
): readonly string[] {
  const hosts = [...new Set(rows.map((row) => row.host))];
  return [
    ...hosts.flatMap((host) => {
      const own = rows.filter((row) => row.host === host);
      const owner = own.find((row) => row.owner !== 'one')?.owner ?? 'one';
      return [`to ${cell(host, 15).trimEnd()}${OWNERS[owner]}`, ...own.map(rowLine)];
    }),
    ...incoming.flatMap(({ source, rows: from }) => [
      `from ${cell(source, 30).trimEnd()}`,
      ...from.map(rowLine),
    ]),
  ];
}

/** Service, names, origin: 1 + 16 + 10 + 11 columns and the spaces between them. */
function rowLine(row: DelegationRow): string {
  return ` ${cell(typeOf(row), 16)} ${cell(namesOf(row), 10)} ${cell(originOf(row), 11)}`.trimEnd();
}

function typeOf({ serviceType }: DelegationRow): string {
  const known = SERVICE_CLASSES.find((each) => isSameText(each.serviceClass, serviceType));
  return known?.service ?? serviceType;
}

function namesOf({ names }: DelegationRow): string {
  const words = names.map((name) => (name === 'fqdn' ? 'FQDN' : name));
  return words.length === 2 && !names.includes('other') ? 'both names' : words.join('+');
}

function originOf({ values }: DelegationRow): string {
  const labels = new Set(values.map(({ origin }) => origin ?? 'not ours'));
  return labels.size > 1 ? 'several' : [...labels].join('');
}

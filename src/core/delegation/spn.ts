import type { Service } from '../commands/ask';
import type { ComputerObject } from './observation';
import { once } from '../once';
import { foldCase } from './values';

/** The only service classes that may ever be delegated, in canonical order. The spaces are part of the second. */
export const SERVICE_CLASSES: readonly { readonly service: Service; readonly serviceClass: string }[] = [
  { service: 'cifs', serviceClass: 'cifs' },
  { service: 'migration', serviceClass: 'Microsoft Virtual System Migration Service' },
];

/** Whether a service class may be delegated; letter case does not count, since the KDC ignores it too. */
export function isAllowedClass(serviceClass: string): boolean {
  return SERVICE_CLASSES.some((each) => foldCase(each.serviceClass) === foldCase(serviceClass));
}

/**
 * The values that let a host delegate to these services of the destination: per service the short name, then the DNS name
 * from dNSHostName (left out when null or equal). Host names come out in lower case. A service that is not in
 * SERVICE_CLASSES gives nothing.
 */
export function spnsFor(destination: Named, services: readonly Service[]): readonly string[] {
  return valuesFor(destination)(services);
}

type Named = Pick<ComputerObject, 'name' | 'dnsHostName'>;

/** Every source of a mesh asks for the values of every destination. */
const valuesFor = once((destination: Named) =>
  once((services: readonly Service[]) => findValues(destination, services)),
);

function findValues(destination: Named, services: readonly Service[]): readonly string[] {
  const names = new Set([destination.name, destination.dnsHostName ?? destination.name].map(foldCase));
  return SERVICE_CLASSES.filter(({ service }) => services.includes(service)).flatMap(({ serviceClass }) =>
    [...names].map((name) => `${serviceClass}/${name}`),
  );
}

/** Which of the two services an SPN is of, by its class; null for any other. */
export function serviceOf(spn: string): Service | null {
  const serviceClass = foldCase(splitSpn(spn)?.serviceClass ?? '');
  return SERVICE_CLASSES.find((each) => foldCase(each.serviceClass) === serviceClass)?.service ?? null;
}

/** The short name of the host in an SPN: without port, instance and domain (MS-ADTS 5.1.1.4), in lower case. */
export function hostLabelOf(spn: string): string {
  const host = splitSpn(spn)?.host ?? spn;
  return foldCase(host.split(/[/:]/, 1)[0]?.split('.', 1)[0] ?? '');
}

/** Class and the rest (MS-ADTS 5.1.1.4), split at the first slash; null without one. `host` may hold a port or a further slash. */
export function splitSpn(spn: string): { readonly serviceClass: string; readonly host: string } | null {
  const slash = spn.indexOf('/');
  return slash < 0 ? null : { serviceClass: spn.slice(0, slash), host: spn.slice(slash + 1) };
}

import { hostAttributes } from '../../../lab/directory/accounts';
import { baseDn, containers, fqdnOf, migrationService, searchBases } from '../../../lab/directory/names';
import { simulateDomain, simulatedDirectory } from '../../../lab/directory/simulated-domain';
import { findingsOf, type FindingContext } from '../../../src/core/findings/find';
import type { Finding } from '../../../src/core/findings/finding';
import type { Survey } from '../../../src/core/survey/survey';
import {
  openMemoryDomain,
  type MemoryDomain,
  type NewObject,
} from '../../../src/jobs/directory/memory-domain';

export const NOW = 1_800_000_000_000;
const clock = { now: () => NOW };

/** What findings are judged by in the practice domain, where no request of ours has written anything. */
export const context: FindingContext = {
  searchBases,
  tier0: { hosts: [], groups: [] },
  origins: new Map(),
};

/** The practice domain with its decoys, and whatever a test changes in it first. */
export function surveyPractice(change: (domain: MemoryDomain) => void = () => undefined): Promise<Survey> {
  const { domain, directory } = simulateDomain(clock);
  change(domain);
  return directory.survey();
}

/** A Hyper-V host in OU=Hyper-V that is as it should be, but for `part`. */
export function newHost(name: string, part: Partial<NewObject> = {}): NewObject {
  return {
    dn: `CN=${name},${containers.hyperV}`,
    samAccountName: `${name}$`,
    dnsHostName: fqdnOf(name),
    userAccountControl: 0x100_1000,
    spns: hostAttributes({ name })['servicePrincipalName'] ?? [],
    ...part,
  };
}

/** The four values for one destination, or some of them. */
export function valuesFor(name: string, only: 'short' | 'fqdn' | 'both' = 'both'): readonly string[] {
  const names = [...(only === 'fqdn' ? [] : [name]), ...(only === 'short' ? [] : [fqdnOf(name)])];
  return ['cifs', migrationService].flatMap((service) => names.map((each) => `${service}/${each}`));
}

/** An object with these values in its list. */
export const to = (...values: readonly string[]): Partial<NewObject> => ({ allowedToDelegateTo: values });

/** A domain of just these objects. */
export async function surveyOf(...objects: readonly NewObject[]): Promise<Survey> {
  const domain = openMemoryDomain();
  for (const object of objects) domain.add(object);
  return simulatedDirectory(domain, clock).survey();
}

/** The findings in these objects, without those that any value has which is not ours. */
export async function foundIn(
  objects: readonly NewObject[],
  otherwise: Partial<FindingContext> = {},
): Promise<readonly Finding[]> {
  const findings = findingsOf(await surveyOf(...objects), { ...context, ...otherwise });
  return findings.filter(({ code }) => code !== 'value.not-ours');
}

export { baseDn, containers, fqdnOf, migrationService };

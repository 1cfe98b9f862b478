import { hostAttributes, practiceHosts } from '../../../lab/directory/accounts';
import { baseDn, containers, controllerName, fqdnOf } from '../../../lab/directory/names';
import type { HostName, Service } from '../../../src/core/commands/ask';
import type { GuardInput, PairAsk } from '../../../src/core/delegation/guards/guard';
import type { ComputerObject, SpnHolders } from '../../../src/core/delegation/observation';
import { spnsFor } from '../../../src/core/delegation/spn';

/** The practice domain of the lab as objects in memory, so that the guards are tried on the very same decoys. */
export type Domain = readonly ComputerObject[];

const COMPUTER_CLASSES = ['top', 'person', 'organizationalPerson', 'user', 'computer'];

export function practiceDomain(): Domain {
  const hosts = practiceHosts.map((host, index): ComputerObject => {
    const attributes = hostAttributes(host);
    return {
      guid: guidOf(index + 1),
      dn: `CN=${host.name},${host.container}`,
      name: host.name,
      samAccountName: `${host.name}$`,
      dnsHostName: fqdnOf(host.name),
      objectClasses: COMPUTER_CLASSES,
      userAccountControl: Number(attributes['userAccountControl']?.[0]),
      primaryGroupId: 515,
      adminCount: host.adminCount === true,
      spns: attributes['servicePrincipalName'] ?? [],
      allowedToDelegateTo: attributes['msDS-AllowedToDelegateTo'] ?? [],
      memberOf: [],
      groups: [],
    };
  });
  return [...hosts, controller];
}

const controller: ComputerObject = {
  guid: 'd0000000-0000-4000-8000-000000000001',
  dn: `CN=DC1,OU=Domain Controllers,${baseDn}`,
  name: controllerName,
  samAccountName: 'DC1$',
  dnsHostName: fqdnOf(controllerName),
  objectClasses: COMPUTER_CLASSES,
  userAccountControl: 0x8_2000,
  primaryGroupId: 516,
  adminCount: false,
  spns: [`HOST/${controllerName}`, `HOST/${fqdnOf(controllerName)}`],
  allowedToDelegateTo: [],
  memberOf: [],
  groups: [],
};

export function guidOf(index: number): string {
  return `a0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** The domain with some of one object's attributes as given. */
export function withHost(domain: Domain, name: string, part: Partial<ComputerObject>): Domain {
  return domain.map((object) => (object.name === name ? { ...object, ...part } : object));
}

export function hostOf(domain: Domain, name: string): ComputerObject {
  const host = domain.find((object) => object.name === name);
  if (!host) throw new Error(`no ${name} in the practice domain`);
  return host;
}

export function hostName(text: string): HostName {
  if (text.includes('=')) return { kind: 'dn', text };
  return { kind: text.includes('.') ? 'fqdn' : 'short', text };
}

export function askFor(
  source: string,
  destination: string,
  services: readonly Service[] = ['cifs', 'migration'],
): PairAsk {
  return { source: hostName(source), destination: hostName(destination), services };
}

/** Reads the domain as a directory does: whatever its own equality lets answer, and who holds each SPN. */
export function lookUp(domain: Domain, ask: PairAsk): GuardInput {
  const source = domain.filter((object) => answers(object, ask.source));
  const destination = domain.filter((object) => answers(object, ask.destination));
  const [only] = destination;
  const spns = only && destination.length === 1 ? spnsFor(only, ask.services) : [];
  return {
    ask,
    observation: {
      source,
      destination,
      holders: spns.map((spn) => holdersOf(domain, spn)),
      knownNames: practiceHosts.map(({ name }) => name),
    },
    searchBases: [containers.hyperV, containers.computers, containers.fileServers],
    tier0: { hosts: [], groups: [] },
  };
}

function answers(object: ComputerObject, asked: HostName): boolean {
  const text = loose(asked.text);
  if (asked.kind === 'guid') return object.guid === asked.text;
  if (asked.kind === 'dn') return loose(object.dn) === text;
  if (asked.kind === 'fqdn') return object.dnsHostName !== null && loose(object.dnsHostName) === text;
  return loose(object.samAccountName).replace(/\$$/, '') === text;
}

function holdersOf(domain: Domain, spn: string): SpnHolders {
  const viaHost = `HOST${spn.slice(spn.indexOf('/'))}`;
  const having = (wanted: string) =>
    domain
      .filter(({ spns }) => spns.some((each) => loose(each) === loose(wanted)))
      .map(({ guid, name, dn }) => ({ guid, name, dn }));
  return { spn, explicit: having(spn), viaHost: having(viaHost) };
}

/** Active Directory's equality, roughly: case, width and accents do not count. */
function loose(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

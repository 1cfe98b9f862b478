import { InsufficientAccessError } from 'ldapts';

import type { HostName } from '../../core/commands/ask';
import { isWithin } from '../../core/delegation/distinguished-name';
import type { ComputerObject, SpnHolders } from '../../core/delegation/observation';
import { spnsFor } from '../../core/delegation/spn';
import { isAmong, sortValues } from '../../core/delegation/values';
import type { Clock, Directory, Modification } from '../../core/ports';
import { invariant } from '../../core/problem';
import type { SurveyedObject } from '../../core/survey/survey';

import { isSameInDirectory } from './directory-equality';
import { hasExactly } from './host-lookup';
import { writeFault } from './ldap-fault';
import type { MemoryDomain } from './memory-domain';
import { surveyObjects } from './memory-survey';
import { hostSpn } from './spn-holders';

export interface MemoryDirectoryOptions {
  readonly domain: MemoryDomain;
  /** Names of the domain controllers, the writer first. They agree at all times: replication takes no time here. */
  readonly servers: readonly [string, ...string[]];
  readonly baseDn: string;
  /** Where names for suggestions are read. */
  readonly searchBases: readonly string[];
  /** Below these the account may write delegation of computers; elsewhere it is refused (LDAP result 50). */
  readonly writableBases: readonly string[];
  readonly clock: Pick<Clock, 'now'>;
}

/** A directory in memory with the behaviour of the one over LDAPS, for simulations: real names, real rights, no domain. */
export function openMemoryDirectory(options: MemoryDirectoryOptions): Directory {
  const { domain, servers, baseDn, clock } = options;
  const [server] = servers;
  const objects = (): readonly ComputerObject[] =>
    domain
      .objects()
      .filter(({ dn }) => isWithin(dn, baseDn))
      .map(sorted);
  const read = (guid: string): ComputerObject | null =>
    objects().find((object) => object.guid === guid) ?? null;
  return {
    server,
    async observe({ source, destination, services }) {
      const at = clock.now();
      const all = objects();
      const find = (name: HostName) => all.filter((object) => hasExactly(object, name));
      const found = { source: find(source), destination: find(destination) };
      const [only, ...others] = found.destination;
      const spns = only && others.length === 0 ? spnsFor(only, services) : [];
      const isMissing = found.source.length === 0 || found.destination.length === 0;
      return {
        server,
        at,
        ...found,
        holders: spns.map((spn) => holdersOf(all, spn)),
        knownNames: isMissing ? namesBelow(all, options.searchBases) : [],
      };
    },
    read: async (guid) => read(guid),
    modify: async (change) => modify(options, read(change.guid), change),
    async readEverywhere(guid) {
      const values = read(guid)?.allowedToDelegateTo ?? [];
      return servers.map((name) => ({ server: name, values }));
    },
    async survey() {
      const at = clock.now();
      return { server, at, ...surveyObjects(domain.objects(), options) };
    },
    close: () => Promise.resolve(),
  };
}

/** As a domain controller does: the right is asked for before the values are looked at. */
function modify(
  { domain, servers, writableBases }: MemoryDirectoryOptions,
  object: ComputerObject | null,
  change: Modification,
): 'changed' | 'conflict' {
  invariant(change.add.length + change.remove.length > 0, 'a modification has values');
  if (!object) return 'conflict';
  const mayWrite = isAmong(object.objectClasses, 'computer') && isInOne(object.dn, writableBases);
  if (!mayWrite) throw writeFault({ server: servers[0], dn: change.dn }, new InsufficientAccessError());
  return domain.change(change.guid, change) === 'changed' ? 'changed' : 'conflict';
}

/** The directory's own equality decides here, look-alikes included, as it does in the KDC. */
function holdersOf(objects: readonly ComputerObject[], spn: string): SpnHolders {
  const having = (wanted: string) =>
    objects
      .filter(({ spns }) => spns.some((each) => isSameInDirectory(each, wanted)))
      .map(({ guid, name, dn }) => ({ guid, name, dn }));
  return { spn, explicit: having(spn), viaHost: having(hostSpn(spn)) };
}

function namesBelow(objects: readonly ComputerObject[], bases: readonly string[]): readonly string[] {
  const names = objects
    .filter(({ dn, objectClasses }) => isAmong(objectClasses, 'computer') && isInOne(dn, bases))
    .map(({ name }) => name);
  return sortValues([...new Set(names)]);
}

function isInOne(dn: string, bases: readonly string[]): boolean {
  return bases.some((base) => isWithin(dn, base));
}

/** Without what only a survey reads. */
function sorted(object: SurveyedObject): ComputerObject {
  const { guid, dn, name, samAccountName, dnsHostName, objectClasses } = object;
  const { userAccountControl, primaryGroupId, adminCount } = object;
  return {
    guid,
    dn,
    name,
    samAccountName,
    dnsHostName,
    objectClasses,
    userAccountControl,
    primaryGroupId,
    adminCount,
    spns: sortValues(object.spns),
    allowedToDelegateTo: sortValues(object.allowedToDelegateTo),
    memberOf: sortValues(object.memberOf),
  };
}

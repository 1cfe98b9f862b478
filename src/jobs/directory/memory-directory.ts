import { InsufficientAccessError } from 'ldapts';

import type { HostName } from '../../core/commands/ask';
import { isWithin } from '../../core/delegation/distinguished-name';
import type { ComputerObject, Observation, SpnHolders } from '../../core/delegation/observation';
import { spnsFor } from '../../core/delegation/spn';
import { foldCase, isAmong, sortValues } from '../../core/delegation/values';
import type { Clock, Directory, DirectoryQuestion, Modification } from '../../core/ports';
import { invariant } from '../../core/problem';
import type { SurveyedObject } from '../../core/survey/survey';

import { isSameInDirectory } from './directory-equality';
import { distinctNames, hasExactly, MIGRATION } from './host-lookup';
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
    async observe(question) {
      return { server, at: clock.now(), ...observe(objects(), question, options.searchBases) };
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

function observe(
  objects: readonly ComputerObject[],
  question: DirectoryQuestion,
  searchBases: readonly string[],
): Omit<Observation, 'server' | 'at'> {
  const find = (asked: HostName) => objects.filter((object) => hasExactly(object, asked));
  const names = distinctNames([...question.sources, ...question.destinations]);
  const hosts = names.map((asked) => ({ asked, found: find(asked) }));
  const all = question.all ? hyperVHosts(objects, searchBases) : [];
  const only = question.destinations.map(find).filter(({ length }) => length === 1);
  const spns = [...only.flat(), ...all].flatMap((host) => spnsFor(host, question.services));
  const isMissing = hosts.some(({ found }) => found.length === 0);
  return {
    hosts,
    all,
    holders: [...new Set(spns)].map((spn) => holdersOf(objects, spn)),
    knownNames: isMissing ? namesBelow(objects, searchBases) : [],
  };
}

function hyperVHosts(
  objects: readonly ComputerObject[],
  searchBases: readonly string[],
): readonly ComputerObject[] {
  const migration = foldCase(`${MIGRATION}/`);
  return objects
    .filter(({ dn, objectClasses }) => isAmong(objectClasses, 'computer') && isInOne(dn, searchBases))
    .filter(({ spns }) => spns.some((spn) => foldCase(spn).startsWith(migration)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
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

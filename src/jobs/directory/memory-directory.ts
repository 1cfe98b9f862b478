import { InsufficientAccessError } from 'ldapts';

import { hasBit } from '../../core/delegation/account-control';
import { isSameDn, isWithin } from '../../core/delegation/distinguished-name';
import type { ComputerObject } from '../../core/delegation/observation';
import { isAmong, sortValues } from '../../core/delegation/values';
import type { Clock, Directory, Modification } from '../../core/ports';
import { invariant } from '../../core/problem';
import type { SurveyedObject } from '../../core/survey/survey';

import { unreachable, writeFault } from './ldap-fault';
import type { MemoryDomain } from './memory-domain';
import { isInOne, observeObjects } from './memory-observation';
import { surveyObjects } from './memory-survey';
import { refuseOtherBits } from './trust-modify';

export interface MemoryDirectoryOptions {
  readonly domain: MemoryDomain;
  /** Names of the domain controllers, the writer first. They agree at all times: replication takes no time here. */
  readonly servers: readonly [string, ...string[]];
  /** Those of them that do not answer at the moment; whoever gave the set may change it. */
  readonly down?: ReadonlySet<string>;
  readonly baseDn: string;
  /** Where names for suggestions are read. */
  readonly searchBases: readonly string[];
  /** Below these the account may write delegation of computers; elsewhere it is refused (LDAP result 50). */
  readonly writableBases: readonly string[];
  /** Whether it may write userAccountControl there too; the narrow account may not. */
  readonly mayWriteControl?: boolean;
  readonly clock: Pick<Clock, 'now'>;
}

/** A directory in memory with the behaviour of the one over LDAPS, for simulations: real names, real rights, no domain. */
export function openMemoryDirectory(options: MemoryDirectoryOptions): Directory {
  const [writer, ...others] = options.servers;
  const alternates = others.map((server) => pinnedTo(server, options));
  return { ...pinnedTo(writer, options), alternates };
}

function pinnedTo(server: string, options: MemoryDirectoryOptions): Directory {
  const { domain, servers, down, clock, searchBases } = options;
  const reach = (): void => {
    if (down?.has(server)) throw unreachable(server);
  };
  return {
    server,
    alternates: [],
    async observe(question) {
      reach();
      return {
        server,
        at: clock.now(),
        ...observeObjects(objectsOf(options), question, { searchBases, groupsOf: domain.groupsOf }),
      };
    },
    async read(guid) {
      reach();
      return read(options, guid);
    },
    async modify(change) {
      reach();
      return modify(options, server, change);
    },
    async readEverywhere(guid) {
      const object = read(options, guid);
      const seen = object
        ? { values: object.allowedToDelegateTo, control: object.userAccountControl }
        : 'absent';
      return servers.map((name) => ({ server: name, seen: down?.has(name) ? 'silent' : seen }));
    },
    async holdsGroup(account, group) {
      reach();
      const object = objectsOf(options).find(({ dn }) => isSameDn(dn, account));
      if (!object || hasBit(object.userAccountControl, 'disabled')) return false;
      const isPerson = isAmong(object.objectClasses, 'user');
      return isPerson && domain.groupsOf(object.guid).some(({ dn }) => dn !== null && isSameDn(dn, group));
    },
    async survey() {
      reach();
      const at = clock.now();
      return { server, at, ...surveyObjects(domain.objects(), options) };
    },
    close: () => Promise.resolve(),
  };
}

function objectsOf({ domain, baseDn }: MemoryDirectoryOptions): readonly ComputerObject[] {
  const objects = domain.objects().filter(({ dn }) => isWithin(dn, baseDn));
  return objects.map(sorted);
}

function read(options: MemoryDirectoryOptions, guid: string): ComputerObject | null {
  return objectsOf(options).find((object) => object.guid === guid) ?? null;
}

/** As a domain controller does: the right is asked for before the values of a list are looked at. `setTrust` looks first. */
function modify(
  options: MemoryDirectoryOptions,
  server: string,
  change: Modification,
): 'changed' | 'conflict' {
  const { domain, writableBases, mayWriteControl = false } = options;
  const { guid, dn, attribute } = change;
  const isTrust = attribute === 'userAccountControl';
  if (isTrust) refuseOtherBits(change);
  else invariant(change.add.length + change.remove.length > 0, 'a modification has values');
  const object = read(options, guid);
  if (!object || (isTrust && object.userAccountControl !== change.before)) return 'conflict';
  const mayWrite =
    isAmong(object.objectClasses, 'computer') &&
    isInOne(object.dn, writableBases) &&
    (!isTrust || mayWriteControl);
  if (!mayWrite) throw writeFault({ server, dn, attribute }, new InsufficientAccessError());
  if (!isTrust) return domain.change(guid, change) === 'changed' ? 'changed' : 'conflict';
  domain.setControl(guid, change.after);
  return 'changed';
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

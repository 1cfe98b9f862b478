import { hasBit } from '../account-control';
import { domainOf, isWithin } from '../distinguished-name';
import { listed } from '../listing';
import type { ComputerObject } from '../observation';
import type { Tier0 } from '../../settings';
import { once } from '../../once';
import { foldCase } from '../values';
import { unnamedGroup } from './groups';
import { foundObject, ok, refuse, warn, type Finding, type Guard, type Side } from './guard';
import { isController, machineInReach, tierZeroReason, whatElse } from './reach';

/** A machine's own account: no user, no managed service account, no trust. */
export function isComputer(side: Side): Guard {
  return {
    name: `${side}.computer`,
    about: side,
    check(input) {
      const object = foundObject(input, side);
      if (!object) return null;
      const other = whatElse(object);
      return other === null
        ? ok(`${object.name} is a computer.`)
        : refuse(`${object.name} is ${other}.`, 'Name the computer account of a Hyper-V host.');
    },
  };
}

/** Delegation to a domain controller is delegation to the whole domain. */
export function isNoController(side: Side): Guard {
  return {
    name: `${side}.controller`,
    about: side,
    check(input) {
      const object = foundObject(input, side);
      if (!object || whatElse(object) !== null) return null;
      if (!isController(object)) return ok(`${object.name} is not a domain controller.`);
      const kind = hasBit(object.userAccountControl, 'readOnlyController') ? 'a read-only' : 'a';
      return refuse(
        `${object.name} is ${kind} domain controller: who can act as anyone there can take the domain.`,
        'Delegation from or to a domain controller is never written. Run virtual machines on another host.',
      );
    },
  };
}

/** Tier 0, by the directory's own mark, by configuration and by every group that the object is in. */
export function isNotTierZero(side: Side): Guard {
  return {
    name: `${side}.tier0`,
    about: side,
    check(input) {
      const object = foundObject(input, side);
      if (!object || whatElse(object) !== null || isController(object)) return null;
      const reason = tierZeroReason(object, input.tier0);
      if (reason === null) return checkUnknown(object, input.tier0);
      return refuse(
        `${object.name} belongs to Tier 0: ${reason}.`,
        'Delegation from or to Tier 0 is never written here. If the mark is a leftover, its owner has to clear it.',
      );
    },
  };
}

/** Not to know is not the same as no. */
function checkUnknown(object: ComputerObject, tier0: Tier0): Finding {
  if (!object.groups) {
    return refuse(
      `It was not read which groups ${object.name} is in.`,
      'Ask again; if it stays so, report it as a bug.',
    );
  }
  const unnamed = unnamedGroup(object, tier0);
  if (!unnamed) return ok(`${object.name} does not belong to Tier 0.`);
  return refuse(
    `${object.name} is a member of a group of another domain (${unnamed.sid}), which may be one of tier0.groups.`,
    'Such a group is known by its SID alone. Take the host out of it, or name only groups of this domain in tier0.groups.',
  );
}

export function isEnabled(side: Side): Guard {
  return {
    name: `${side}.enabled`,
    about: side,
    check(input) {
      const host = machineInReach(input, side);
      if (!host) return null;
      return hasBit(host.userAccountControl, 'disabled')
        ? refuse(
            `The account of ${host.name} is disabled.`,
            'If the host is in service, enable its account and ask again. If it was retired, its delegations should go.',
          )
        : ok(`The account of ${host.name} is enabled.`);
    },
  };
}

/**
 * Only below the OUs that the configuration gives to this program. No search base allows nothing. A file server has no
 * machines: it may lie elsewhere, and is good for cifs alone.
 */
export function isInBases(side: Side): Guard {
  return {
    name: `${side}.in-bases`,
    about: side,
    check(input) {
      const host = machineInReach(input, side);
      if (!host) return null;
      const base = input.searchBases.find((each) => isWithin(host.dn, each));
      if (base !== undefined) return ok(`${host.name} lies below ${base}.`);
      const shares = input.fileServerBases?.find((each) => isWithin(host.dn, each));
      if (side === 'source' || shares === undefined) {
        return refuse(
          `${host.name} lies outside the search bases: ${host.dn}.`,
          `Move it below ${listed(input.searchBases) || 'a search base'}, or add its OU to directory.searchBases.`,
        );
      }
      return input.ask.services.includes('migration')
        ? refuse(
            `${host.name} is one of the file servers (${shares}), which take no machines.`,
            'Ask for cifs alone.',
          )
        : ok(`${host.name} is one of the file servers below ${shares}.`);
    },
  };
}

/** A host is on one side of very many pairs: its name is taken apart once. */
const domainOfHost = once(({ dn }: ComputerObject) => domainOf(dn));

/** Constrained delegation ends at the domain (MS-SFU); a DNS suffix of another domain is unusual and may be a mistake. */
export const pairSameDomain: Guard = {
  name: 'pair.same-domain',
  check(input) {
    const source = machineInReach(input, 'source');
    const destination = machineInReach(input, 'destination');
    if (!source || !destination) return null;
    const domain = domainOfHost(source);
    if (domain === '' || domain !== domainOfHost(destination)) {
      return refuse(
        `${source.name} and ${destination.name} are not in one domain: ${source.dn}; ${destination.dn}.`,
        'This kind of delegation ends at the domain. Live migration across domains needs another way to sign in (CredSSP).',
      );
    }
    const strangers = [source, destination].filter(
      ({ dnsHostName }) => dnsHostName !== null && !foldCase(dnsHostName).endsWith(`.${domain}`),
    );
    if (strangers.length === 0) return ok(`Both hosts are in the domain ${domain}.`);
    const names = listed(strangers.map(({ name, dnsHostName }) => `${name} (${dnsHostName})`));
    return warn(
      `The DNS name does not end in ${domain}, the domain that the account is in: ${names}.`,
      'Fine with a disjoint DNS namespace. Otherwise correct dNSHostName before you approve.',
    );
  },
};

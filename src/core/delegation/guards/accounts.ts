import { hasBit } from '../account-control';
import { domainOf, isWithin } from '../distinguished-name';
import { listed } from '../listing';
import { foldCase } from '../values';
import { foundObject, ok, refuse, warn, type Guard, type Side } from './guard';
import { isController, machineInReach, tierZeroReason, whatElse } from './reach';

/** The primary group of every ordinary computer: Domain Computers. */
const DOMAIN_COMPUTERS = 515;

/** A machine's own account: no user, no managed service account, no trust. */
export function isComputer(side: Side): Guard {
  return {
    name: `${side}.computer`,
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

/** Tier 0, by the directory's own mark and by configuration. Groups count when the object is a direct member. */
export function isNotTierZero(side: Side): Guard {
  return {
    name: `${side}.tier0`,
    check(input) {
      const object = foundObject(input, side);
      if (!object || whatElse(object) !== null || isController(object)) return null;
      const reason = tierZeroReason(object, input.tier0);
      if (reason !== null) {
        return refuse(
          `${object.name} belongs to Tier 0: ${reason}.`,
          'Delegation from or to Tier 0 is never written here. If the mark is a leftover, its owner has to clear it.',
        );
      }
      // The primary group never appears in memberOf, so a configured group could hide there.
      if (input.tier0.groups.length > 0 && object.primaryGroupId !== DOMAIN_COMPUTERS) {
        return warn(
          `The primary group of ${object.name} is not Domain Computers (RID ${object.primaryGroupId}), and memberOf does not show it.`,
          'Make sure before approving that this group is not one of tier0.groups.',
        );
      }
      return ok(`${object.name} does not belong to Tier 0.`);
    },
  };
}

export function isEnabled(side: Side): Guard {
  return {
    name: `${side}.enabled`,
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

/** Only below the OUs that the configuration gives to this program. No search base allows nothing. */
export function isInBases(side: Side): Guard {
  return {
    name: `${side}.in-bases`,
    check(input) {
      const host = machineInReach(input, side);
      if (!host) return null;
      const base = input.searchBases.find((each) => isWithin(host.dn, each));
      return base === undefined
        ? refuse(
            `${host.name} lies outside the search bases: ${host.dn}.`,
            `Move it below ${listed(input.searchBases) || 'a search base'}, or add its OU to directory.searchBases.`,
          )
        : ok(`${host.name} lies below ${base}.`);
    },
  };
}

/** Constrained delegation ends at the domain (MS-SFU); a DNS suffix of another domain is unusual and may be a mistake. */
export const pairSameDomain: Guard = {
  name: 'pair.same-domain',
  check(input) {
    const source = machineInReach(input, 'source');
    const destination = machineInReach(input, 'destination');
    if (!source || !destination) return null;
    const domain = domainOf(source.dn);
    if (domain === '' || domain !== domainOf(destination.dn)) {
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

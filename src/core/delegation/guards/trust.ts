import { hasBit } from '../account-control';
import { nameOrGuid } from '../by-hand';
import { spnsFor } from '../spn';
import { among } from '../values';
import { foundObject, ok, refuse, warn, type Guard } from './guard';
import { machineInReach } from './reach';

/** Used when the settings name no cap: a hundred destinations with both services. */
const MOST_VALUES = 400;

/** A source that may act as anyone anywhere is a finding of its own; a list of services would only hide it. */
export const sourceConstrained: Guard = {
  name: 'source.unconstrained',
  about: 'source',
  check(input) {
    const source = machineInReach(input, 'source');
    if (!source) return null;
    if (!hasBit(source.userAccountControl, 'unconstrained')) {
      return ok(`${source.name} is not trusted for delegation to every service.`);
    }
    return refuse(
      `${source.name} is trusted for unconstrained delegation: it may already act as any user on any host.`,
      `${DELEGATION_TAB} choose “Trust this computer for delegation to specified services only”, then “Use any ` +
        `authentication protocol”. PowerShell: Set-ADAccountControl -Identity ${nameOrGuid(source)} ` +
        '-TrustedForDelegation $false -TrustedToAuthForDelegation $true. Then ask again.',
    );
  },
};

/** Windows Server 2016 and later need protocol transition for live migration: its WinRM cannot reach a forwardable ticket. */
export const sourceProtocol: Guard = {
  name: 'source.any-protocol',
  about: 'source',
  check(input) {
    const source = machineInReach(input, 'source');
    if (!source || hasBit(source.userAccountControl, 'unconstrained')) return null;
    if (hasBit(source.userAccountControl, 'anyProtocol')) {
      return ok(`${source.name} may delegate with any authentication protocol.`);
    }
    if (input.trust === 'worker' || input.trust === 'hand') {
      const who = input.trust === 'worker' ? 'This plan sets' : 'A person is to set';
      return ok(`${who} “Use any authentication protocol” for ${source.name}.`);
    }
    if (input.trust === 'kerberos') {
      return warn(
        `${source.name} stays trusted for Kerberos only. That suffices for hosts with Windows Server 2012 R2, and for moves ` +
          'that somebody starts while signed in at the host itself.',
        'From Windows Server 2016 on, moves that are started from elsewhere need --protocol any.',
      );
    }
    return warn(
      `After this change live migration still needs one setting: ${source.name} is trusted for Kerberos only.`,
      `${DELEGATION_TAB} choose “Use any authentication protocol”. PowerShell: Set-ADAccountControl -Identity ` +
        `${nameOrGuid(source)} -TrustedToAuthForDelegation $true.`,
    );
  },
};

/** One host that may delegate to very many is worth stealing, and the whole list replicates with each change. */
export const sourceCap: Guard = {
  name: 'source.values',
  about: 'source',
  check(input) {
    const source = foundObject(input, 'source');
    const destination = foundObject(input, 'destination');
    if (!source || (!destination && !input.wanted)) return null;
    const most = input.caps?.valuesPerHost ?? MOST_VALUES;
    const wanted = input.wanted ?? (destination ? spnsFor(destination, input.ask.services) : []);
    const isThere = among(source.allowedToDelegateTo);
    const count = source.allowedToDelegateTo.length + wanted.filter((value) => !isThere(value)).length;
    return count <= most
      ? ok(`${source.name} will have ${count} of at most ${most} values.`)
      : refuse(
          `${source.name} would have ${count} values in msDS-AllowedToDelegateTo; at most ${most} are allowed.`,
          'Remove delegations that are no longer needed first.',
        );
  },
};

const DELEGATION_TAB = 'Active Directory Users and Computers → the computer’s Properties → tab Delegation →';

import { hasBit } from '../account-control';
import { spnsFor } from '../spn';
import { unionValues } from '../values';
import type { ComputerObject } from '../observation';
import { foundObject, ok, refuse, warn, type Guard } from './guard';
import { isPlainName } from './names';
import { machineInReach } from './reach';

/** Used when the settings name no cap: a hundred destinations with both services. */
const MOST_VALUES = 400;

/** A source that may act as anyone anywhere is a finding of its own; a list of services would only hide it. */
export const sourceConstrained: Guard = {
  name: 'source.unconstrained',
  check(input) {
    const source = machineInReach(input, 'source');
    if (!source) return null;
    if (!hasBit(source.userAccountControl, 'unconstrained')) {
      return ok(`${source.name} is not trusted for delegation to every service.`);
    }
    return refuse(
      `${source.name} is trusted for unconstrained delegation: it may already act as any user on any host.`,
      `${DELEGATION_TAB} choose “Trust this computer for delegation to specified services only”, then “Use any ` +
        `authentication protocol”. PowerShell: Set-ADAccountControl -Identity ${identity(source)} ` +
        '-TrustedForDelegation $false -TrustedToAuthForDelegation $true. Then ask again.',
    );
  },
};

/** Windows Server 2016 and later need protocol transition for live migration: its WinRM cannot reach a forwardable ticket. */
export const sourceProtocol: Guard = {
  name: 'source.any-protocol',
  check(input) {
    const source = machineInReach(input, 'source');
    if (!source || hasBit(source.userAccountControl, 'unconstrained')) return null;
    if (hasBit(source.userAccountControl, 'anyProtocol')) {
      return ok(`${source.name} may delegate with any authentication protocol.`);
    }
    return warn(
      `After this change live migration still needs one setting: ${source.name} is trusted for Kerberos only.`,
      `${DELEGATION_TAB} choose “Use any authentication protocol”. PowerShell: Set-ADAccountControl -Identity ` +
        `${identity(source)} -TrustedToAuthForDelegation $true.`,
    );
  },
};

/** One host that may delegate to very many is worth stealing, and the whole list replicates with each change. */
export const sourceCap: Guard = {
  name: 'source.values',
  check(input) {
    const source = foundObject(input, 'source');
    const destination = foundObject(input, 'destination');
    if (!source || !destination) return null;
    const most = input.caps?.valuesPerHost ?? MOST_VALUES;
    const wanted = input.wanted ?? spnsFor(destination, input.ask.services);
    const count = unionValues(source.allowedToDelegateTo, wanted).length;
    return count <= most
      ? ok(`${source.name} will have ${count} of at most ${most} values.`)
      : refuse(
          `${source.name} would have ${count} values in msDS-AllowedToDelegateTo; at most ${most} are allowed.`,
          'Remove delegations that are no longer needed first.',
        );
  },
};

const DELEGATION_TAB = 'Active Directory Users and Computers → the computer’s Properties → tab Delegation →';

// Names come from the directory and people copy this line: what is not plain goes by objectGUID.
function identity({ name, guid }: ComputerObject): string {
  return isPlainName(name) ? `'${name}$'` : `'${guid}'`;
}

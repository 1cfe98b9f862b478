import type { SpnHolder } from '../observation';
import { listed } from '../listing';
import { ownershipOf } from '../ownership';
import { spnsFor } from '../spn';
import { isSameText } from '../values';
import { ok, refuse, type Finding, type Guard, type GuardInput } from './guard';
import { destinationNames, isPlainName } from './names';
import { machineInReach } from './reach';

/** The service behind `cifs/X` is the destination and nobody else, by its own SPN or by HOST/X. */
export const cifsOwned: Guard = {
  name: 'cifs.owner',
  about: 'destination',
  check: (input) => checkOwners(input, 'cifs'),
};

/** The migration service's SPNs stand on the destination itself: HOST does not cover them. */
export const migrationOwned: Guard = {
  name: 'migration.owner',
  about: 'destination',
  check: (input) => checkOwners(input, 'migration'),
};

/** Whether a service's SPNs have to be registered by their own text. */
export function mustBeExplicit(spn: string): boolean {
  return !isSameText(spn.slice(0, 'cifs/'.length), 'cifs/');
}

interface Trouble {
  readonly sentence: string;
  readonly remedy: string;
}

function checkOwners(input: GuardInput, service: 'cifs' | 'migration'): Finding | null {
  const destination = machineInReach(input, 'destination');
  if (!destination || destinationNames.check(input)?.verdict !== 'ok') return null;
  const spns = spnsFor(destination, input.ask.services.includes(service) ? [service] : []);
  if (spns.length === 0) return ok(`The service ${service} is not asked for.`);
  const troubles = spns.flatMap((spn) => troubleWith(input, spn, destination) ?? []);
  if (troubles.length === 0) return ok(`${listed(spns)} belong to ${destination.name} and to nobody else.`);
  const remedies = new Set(troubles.map(({ remedy }) => remedy));
  return refuse(troubles.map(({ sentence }) => sentence).join(' '), [...remedies].join(' '));
}

function troubleWith(input: GuardInput, spn: string, destination: SpnHolder): Trouble | null {
  const owner = ownershipOf(input.observation, spn, mustBeExplicit(spn));
  switch (owner.kind) {
    case 'unread':
      return {
        sentence: `It was not read who holds ${spn}.`,
        remedy: 'Ask again; if it stays so, report it as a bug.',
      };
    case 'none':
      return unregistered(spn, destination);
    case 'several': {
      const holders = listed(owner.holders.map(described), owner.holders.length);
      return {
        sentence: `${cover(spn, owner.through)} is registered on ${owner.holders.length} objects: ${holders}.`,
        remedy: `List duplicates with setspn -X and remove all but the one of ${destination.name}: setspn -D SPN ACCOUNT.`,
      };
    }
    case 'one':
      return isSameText(owner.holder.guid, destination.guid)
        ? null
        : foreign({ spn: cover(spn, owner.through), holder: owner.holder }, destination);
  }
}

function unregistered(spn: string, destination: SpnHolder): Trouble {
  const host = spn.slice(spn.indexOf('/') + 1);
  if (!mustBeExplicit(spn)) {
    return {
      sentence: `Nobody holds ${spn}, neither by its own text nor through HOST/${host}.`,
      remedy: `As a domain administrator: setspn -S HOST/${host} ${destination.name}.`,
    };
  }
  return {
    sentence: `${destination.name} has not registered “${spn}”.`,
    remedy:
      `As a domain administrator: setspn -S "${spn}" ${destination.name}. A Hyper-V host registers it by itself ` +
      `when its Virtual Machine Management service starts; a mere file server can be asked for with cifs alone.`,
  };
}

function foreign(held: { spn: string; holder: SpnHolder }, destination: SpnHolder): Trouble {
  const { spn, holder } = held;
  // Only a plain name goes into a command line that people will copy.
  const account = isPlainName(holder.name) ? holder.name : 'ACCOUNT';
  return {
    sentence: `${spn} belongs to ${described(holder)} and not to ${destination.name}, so that the power would reach ${holder.name}.`,
    remedy: `If ${spn} is a leftover there, remove it as a domain administrator: setspn -D "${spn}" ${account}.`,
  };
}

function cover(spn: string, through: 'explicit' | 'host'): string {
  return through === 'explicit' ? spn : `HOST${spn.slice(spn.indexOf('/'))}`;
}

function described({ name, dn }: SpnHolder): string {
  return `${name} (${dn})`;
}

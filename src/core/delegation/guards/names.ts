import type { HostName } from '../../commands/ask';
import { nearestWord } from '../../commands/nearest';
import { domainOf, leafOf } from '../distinguished-name';
import { listed } from '../listing';
import { isAllowedClass, SERVICE_CLASSES, spnsFor, splitSpn } from '../spn';
import { foldCase, isSameText } from '../values';
import { foundObject, ok, refuse, type Finding, type Guard, type GuardInput, type Side } from './guard';
import { machineInReach } from './reach';

const OTHER_DOMAINS = 'Hosts of other domains are never found: this delegation ends at the domain.';

/** Only SERVICE_CLASSES, ever: whatever the parser let through, and whatever values would come of it. */
export const servicesAllowed: Guard = {
  name: 'services.allowed',
  // Of no side, but of the services, for which each side is asked about anyway.
  about: 'source',
  check({ ask }) {
    const known = SERVICE_CLASSES.map(({ service }) => service);
    const others = ask.services.filter((service) => !known.includes(service));
    const values = spnsFor({ name: 'any', dnsHostName: null }, ask.services);
    const isKept = values.every((value) => isAllowedClass(splitSpn(value)?.serviceClass ?? ''));
    if (ask.services.length > 0 && others.length === 0 && isKept) {
      return ok(`Only services that live migration needs are asked for: ${listed(ask.services)}.`);
    }
    const found =
      others.length > 0 ? `The service ${listed(others)} may not be delegated.` : 'No service is asked for.';
    return refuse(found, `Only these may be delegated: ${listed(known)}.`);
  },
};

/** The name means exactly one object of the directory, which is spelled exactly so. */
export function isFound(side: Side): Guard {
  return {
    name: `${side}.found`,
    ...(side === 'source' && { about: side }),
    check(input) {
      const { text } = input.ask[side];
      const found = input.observation[side];
      const object = foundObject(input, side);
      if (object) return ok(`“${text}” is ${object.dn}.`);
      const [first] = found;
      if (!first) return refuseUnknown(input, side);
      if (found.length > 1) {
        const names = listed(
          found.map(({ dn }) => dn),
          found.length,
        );
        return refuse(
          `${found.length} objects answer to “${text}”: ${names}.`,
          'Name the host by its distinguished name, or remove the object that should not be there.',
        );
      }
      return refuse(
        `The directory answers “${text}” with ${first.dn}, whose account ${first.samAccountName} is not spelled so.`,
        'Look at that object: a name that only looks the same may be meant to deceive. To mean it, give its exact name.',
      );
    },
  };
}

function refuseUnknown(input: GuardInput, side: Side): Finding {
  const { text } = input.ask[side];
  const advice = adviceOn(input, side);
  const source = foundObject(input, 'source');
  const ghosts =
    side === 'source' ? [] : (source?.allowedToDelegateTo ?? []).filter((value) => isFor(value, text));
  if (!source || ghosts.length === 0) return refuse(`The directory has no computer “${text}”.`, advice);
  return refuse(
    `The directory has no computer “${text}”, yet ${source.name} may already delegate to ${listed(ghosts)}: ` +
      'whoever registers that name receives the power.',
    `Remove ${listed(ghosts)} from ${source.name}. ${advice}`,
  );
}

/** No host of the directory's own domain is suggested for one of another: it would be a different host. */
function adviceOn(input: GuardInput, side: Side): string {
  const asked = input.ask[side];
  const [theirs, ours] = [domainNamed(asked), domainOf(input.searchBases[0] ?? '')];
  if (theirs !== '' && ours !== '' && theirs !== ours) {
    return `${theirs} is not ${ours}, the domain of this directory. ${OTHER_DOMAINS}`;
  }
  const near = nearestName(asked.text, input.observation.knownNames);
  return near === null
    ? `Check the spelling. ${OTHER_DOMAINS}`
    : `Did you mean ${near}? Send the command again with that name.`;
}

/** The domain that a full or distinguished name says, in lower case; empty when it says none. */
function domainNamed({ kind, text }: HostName): string {
  if (kind === 'dn') return domainOf(text);
  return kind === 'fqdn' ? foldCase(text.slice(text.indexOf('.') + 1)) : '';
}

function nearestName(text: string, known: readonly string[]): string | null {
  const others = known.filter((name) => !isSameText(name, text));
  // A DNS name or a distinguished name is near when its first part is: known names are short.
  const first = leafOf(text) ?? text.split('.')[0] ?? text;
  return nearestWord(text, others) ?? nearestWord(first, others);
}

function isFor(value: string, text: string): boolean {
  const host = foldCase(splitSpn(value)?.host ?? '');
  return host !== '' && (host === text || host.startsWith(`${text}.`) || text.startsWith(`${host}.`));
}

/** Compared by objectGUID, because one object can be asked for by two names. */
export const pairDistinct: Guard = {
  name: 'pair.distinct',
  check(input) {
    const source = foundObject(input, 'source');
    const destination = foundObject(input, 'destination');
    if (!source || !destination) return null;
    if (isSameText(source.guid, destination.guid)) {
      return refuse(
        `Source and destination are the same computer: ${source.dn}.`,
        'Name two different hosts.',
      );
    }
    return ok('Source and destination are different computers.');
  },
};

/** The destination's full name becomes part of the values, as its account name does. */
export const destinationNames: Guard = {
  name: 'destination.names',
  about: 'destination',
  check(input) {
    const host = machineInReach(input, 'destination');
    if (!host) return null;
    if (host.dnsHostName === null) {
      return refuse(
        `${host.name} has no dNSHostName, so its full name cannot be delegated to.`,
        `A host registers it by itself when it has joined: restart ${host.name}, or set dNSHostName on its account.`,
      );
    }
    if (!isDnsName(host.dnsHostName)) {
      return refuse(
        `The dNSHostName of ${host.name} is not a full DNS name: “${host.dnsHostName}”.`,
        `Correct dNSHostName on the account of ${host.name}; somebody may have edited it.`,
      );
    }
    return ok(`${host.name} is known as ${foldCase(host.dnsHostName)}.`);
  },
};

/** Whether a name can stand in an SPN and in a command line without quoting. */
export function isPlainName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,14}$/.test(name);
}

/** Whether a text is a DNS name of at least two labels, without a trailing dot (which an SPN never has). */
function isDnsName(name: string): boolean {
  return name.length <= 255 && /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/i.test(name);
}

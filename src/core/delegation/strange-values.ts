import type { DirectoryAsk, DelegateAsk, RetireAsk } from '../commands/ask';
import type { History } from './history';
import type { ComputerObject } from './observation';
import { observedObjects } from './observed';
import { foundByName, namesToRead, type PlanInput } from './pairs';
import type { ListChange } from './plan';
import { forHost } from './retire';
import { SERVICE_CLASSES, splitSpn } from './spn';
import { foldCase, isAmong, isSameText } from './values';

/** The values of a decided change that the ask cannot have led to, whatever the facts were: of another class, host or journal. */
export function strangeValues(input: PlanInput<DirectoryAsk>, change: ListChange): readonly string[] {
  const { ask } = input;
  const { add, keep } = change;
  switch (ask.verb) {
    case 'delegate': {
      const destinations = askedDestinations({ ...input, ask });
      return [...add, ...keep].filter((value) => !isAskedFor(value, ask.services, destinations));
    }
    case 'onboard': {
      const services = SERVICE_CLASSES.map(({ service }) => service);
      const hosts = observedObjects(input);
      return [...add, ...keep].filter((value) => !isAskedFor(value, services, hosts));
    }
    case 'undelegate':
      return [];
    case 'retire':
      return strangeRemovals({ ...input, ask }, change);
    case 'undo':
      return notInJournal(input.history, change);
  }
}

/** From the host itself everything goes, from others what is for it. */
function strangeRemovals(input: PlanInput<RetireAsk>, { guid, remove }: ListChange): readonly string[] {
  const [host = null] = foundByName(input.observation)(input.ask.host);
  const isForHost = forHost(input.ask, host);
  return host && isSameText(host.guid, guid) ? [] : remove.filter((value) => !isForHost(value));
}

/** What an undo may take back is what the request added or kept there, and what it may give back is what that removed. */
function notInJournal({ undone }: History, { guid, add, keep, remove }: ListChange): readonly string[] {
  const steps = undone?.steps.filter((step) => isSameText(step.guid, guid)) ?? [];
  const given = steps.flatMap(({ added, kept }) => [...added, ...kept]);
  const taken = steps.flatMap(({ removed }) => removed);
  return [
    ...remove.filter((value) => !isAmong(given, value)),
    ...[...add, ...keep].filter((value) => !isAmong(taken, value)),
  ];
}

/** Null as soon as one of them is unknown: then only the class of a value can be judged. */
function askedDestinations(input: PlanInput): readonly ComputerObject[] | null {
  const { destinations, all } = namesToRead(input.ask);
  const found = foundByName(input.observation);
  const objects = destinations.map((name) => {
    const [object, ...others] = found(name);
    return others.length === 0 ? object : undefined;
  });
  if (objects.includes(undefined)) return null;
  const named = objects.filter((object) => object !== undefined);
  return all ? [...named, ...input.observation.all] : named;
}

/**
 * Whether the ask can have led to this value: an allowed class that it names, and one of the destinations as the host. A DNS
 * name that begins with a destination's short name passes, since dNSHostName may have changed. Unknown destinations leave
 * only the class to judge.
 */
function isAskedFor(
  value: string,
  services: DelegateAsk['services'],
  destinations: readonly ComputerObject[] | null,
): boolean {
  const spn = splitSpn(value);
  if (!spn) return false;
  const asked = SERVICE_CLASSES.some(
    ({ service, serviceClass }) => isSameText(serviceClass, spn.serviceClass) && services.includes(service),
  );
  if (!asked || destinations === null) return asked;
  const host = foldCase(spn.host);
  return destinations.some(
    ({ name, dnsHostName }) =>
      host === foldCase(dnsHostName ?? name) ||
      host === name ||
      (/^[a-z0-9_.-]+$/.test(host) && host.startsWith(`${name}.`)),
  );
}

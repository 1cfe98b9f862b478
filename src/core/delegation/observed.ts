import type { DirectoryAsk, HostName } from '../commands/ask';
import { isSameDn } from './distinguished-name';
import type { ComputerObject } from './observation';
import { foundByName, namesToRead, type PlanInput } from './pairs';
import type { DirectoryChange } from './plan';
import { namesToUndo } from './undo';
import { isSameText } from './values';

/** Every object of an observation, once. */
export function observedObjects({
  observation,
}: Pick<PlanInput<DirectoryAsk>, 'observation'>): readonly ComputerObject[] {
  const { hosts, all, delegating } = observation;
  const objects = [...hosts.flatMap(({ found }) => found), ...all, ...delegating];
  return [...new Map(objects.map((object) => [object.guid, object])).values()];
}

/** The objects that may be changed: each name of a source that means exactly one, and whatever else the ask reaches. */
export function askedSources(input: PlanInput<DirectoryAsk>): readonly ComputerObject[] {
  const { observation } = input;
  const { names, others } = reachOf(input);
  const found = foundByName(observation);
  const named = names.flatMap((name) => {
    const [object, ...more] = found(name);
    return object && more.length === 0 ? [object] : [];
  });
  return [...new Map([...named, ...(others ?? [])].map((object) => [object.guid, object])).values()];
}

/** What an ask may change: objects that it names, and `others` that it reaches unnamed; null where it reaches no others. */
interface Reach {
  readonly names: readonly HostName[];
  readonly others: readonly ComputerObject[] | null;
}

function reachOf(input: PlanInput<DirectoryAsk>): Reach {
  const { ask, observation, history } = input;
  switch (ask.verb) {
    case 'delegate':
    case 'undelegate': {
      const { sources, all } = namesToRead(ask);
      return { names: sources, others: all ? observation.all : null };
    }
    case 'onboard':
      return { names: ask.like ? [ask.host, ask.like] : [ask.host], others: observation.all };
    case 'retire':
      return { names: [ask.host], others: observedObjects(input) };
    case 'undo':
      return { names: namesToUndo(history).sources, others: null };
  }
}

/** Whether the ask reaches hosts that it does not name, so that who takes part may change by itself. */
export function reachesOthers(input: PlanInput<DirectoryAsk>): boolean {
  return reachOf(input).others !== null;
}

/**
 * Whether a decided change of an object that is not to be found may be about one that is gone: the ask reaches others, or it
 * names one so that is not to be found either.
 */
export function mayBeGone(
  input: PlanInput<DirectoryAsk>,
  change: Pick<DirectoryChange, 'guid' | 'name' | 'dn'>,
): boolean {
  const { names, others } = reachOf(input);
  const found = foundByName(input.observation);
  return others !== null || names.some((name) => found(name).length !== 1 && isCalled(change, name));
}

function isCalled(
  { guid, name, dn }: Pick<DirectoryChange, 'guid' | 'name' | 'dn'>,
  { kind, text }: HostName,
): boolean {
  switch (kind) {
    case 'short':
      return name === text;
    case 'fqdn':
      return text.startsWith(`${name}.`);
    case 'dn':
      return isSameDn(dn, text);
    case 'guid':
      return isSameText(guid, text);
  }
}

/**
 * The source that a decided change is about: by objectGUID, else by name or place, since the same host may have been
 * created anew. Null when no source of the ask is it.
 */
export function changedObject(
  input: PlanInput<DirectoryAsk>,
  change: Pick<DirectoryChange, 'guid' | 'name' | 'dn'>,
): ComputerObject | null {
  const sources = askedSources(input);
  return (
    sources.find(({ guid }) => isSameText(guid, change.guid)) ??
    sources.find(({ name, dn }) => name === change.name || isSameText(dn, change.dn)) ??
    null
  );
}
